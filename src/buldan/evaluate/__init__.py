"""How good the answers are, measured on files of known answers."""
