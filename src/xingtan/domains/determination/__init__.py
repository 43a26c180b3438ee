"""Verdicts: the facts of a year, what follows from them, and the record that explains it."""
