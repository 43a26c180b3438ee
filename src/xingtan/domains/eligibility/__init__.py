"""Eligibility statements: what a person's years allow on a day, as it was known at a moment."""
