"""Sheets with number and code that an office compares, seals and keeps."""
