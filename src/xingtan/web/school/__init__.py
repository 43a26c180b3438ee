"""A school's pages."""
