"""The document: text in, its words with exact offsets out.

Goes in: a text as given, HTML or plain, of any length (bytes for `decoding`). Comes out: passages, and of each its
folded words, the gaps between them, and where every character stands in the original (code points). It must not
know: the gazetteer, names, places, or what any word means.
"""
