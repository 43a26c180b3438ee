"""A training provider's pages."""
