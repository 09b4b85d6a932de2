"""Toponym recognition: which of the hits are places here.

Goes in: hits with their words, and, as plain numbers, how near their places lie to each other. Comes out: features of
each hit for the linear models, names spelled as no name of the gazetteer is, lists, and of names that overlap the one
that is kept. It must not know: which of several places a name means; that is resolution, beside it.
"""
