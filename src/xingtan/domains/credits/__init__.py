"""Hours: evidence, entries, review chain, determination."""
