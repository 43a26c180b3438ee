"""Nominations by workbook: looked at, written in portions, mended, taken back as a whole."""
