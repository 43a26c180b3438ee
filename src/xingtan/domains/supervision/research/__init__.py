"""Research data without names (N4)."""
