"""Determining, examining, closing a year."""
