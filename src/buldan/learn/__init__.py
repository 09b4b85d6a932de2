"""Learn small tables, which a person can read, from the gazetteer and from known answers."""
