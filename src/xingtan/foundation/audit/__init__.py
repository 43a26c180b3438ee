"""What was done, by whom, in which role, to how much: a book of its own that only grows."""
