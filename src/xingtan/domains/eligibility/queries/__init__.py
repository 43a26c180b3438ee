"""Reading what was known, and the statements that were issued."""
