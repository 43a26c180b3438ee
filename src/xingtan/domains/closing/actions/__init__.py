"""Posting, answering, closing, correcting."""
