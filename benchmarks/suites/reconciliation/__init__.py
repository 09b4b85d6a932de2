"""The Reconciliation Service API: its schemas and examples (0.1, 0.2, the 1.0 draft), and flows of its text.

Its repository holds no tests, but schemas for each document and examples, valid and invalid: each valid question is
asked and its answer held against the schema, each invalid one must be refused or answered without harm. The flows say
in Syrian places what the text promises of types, properties, ids and `match`.
"""
