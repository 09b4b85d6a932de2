"""Relations: what the text says about where, beyond naming a place.

Goes in: the names that are kept, with their places, and the words of the document. Comes out: facilities that the
gazetteer does not hold, placed by the text ("the hospital in Saraqib"), and areas relative to a place ("5 km north of
Idlib") with their outlines. It must not know: features, weights, or how places were chosen.
"""
