"""Issuing statements."""
