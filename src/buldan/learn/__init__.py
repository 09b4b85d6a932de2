"""What is learned from the gazetteer and from known answers: small tables that a person can read."""
