"""One certificate a teacher and cycle, one page a year; anyone can check it."""
