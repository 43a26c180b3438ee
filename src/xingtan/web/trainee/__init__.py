"""A teacher's pages."""
