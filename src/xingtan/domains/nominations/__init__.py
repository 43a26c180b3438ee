"""Nominations by workbook: looked at row by row, written in portions, mended, taken back as a whole."""
