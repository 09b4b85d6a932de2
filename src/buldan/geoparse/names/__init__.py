"""Names: which stretches of a document could be names at all.

Goes in: the words of a document, and the gazetteer's names. Comes out: hits, every name of the vocabulary that stands
in the text, right or wrong, with what is known of each name and each word. It must not know: whether a hit is a place
here, which place it means, or what stands around it.
"""
