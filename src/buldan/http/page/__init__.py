"""What only the page asks for: the base map out of the gazetteer, and files of mentions that a person left there."""
