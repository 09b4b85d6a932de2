"""Measure the quality of answers on files of known answers."""
