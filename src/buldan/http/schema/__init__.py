"""What goes over the wire, declared: parameters, models of answers, problems, and the OpenAPI made of them.

Nothing here asks the gazetteer a question, but for the examples that OpenAPI shows.
"""
