"""Hours: evidence, entries, review chain."""
