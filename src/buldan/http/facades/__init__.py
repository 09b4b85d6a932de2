"""What façades ask of the gazetteer: from a question in their terms to places, one module or package a façade."""
