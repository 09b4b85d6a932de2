"""Data only for the map page: the base map from the gazetteer, and files of mentions that a person has corrected."""
