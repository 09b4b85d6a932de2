"""Toponym resolution: which place each name means.

Goes in: hits, how sure each is, and, as plain bits, the kinds that the words around it ask for. Comes out: the
candidates of each hit with their shares of the probability, the chosen place, its confidence and the alternatives.
It must not know: how a hit was recognised; that is recognition, beside it.
"""
