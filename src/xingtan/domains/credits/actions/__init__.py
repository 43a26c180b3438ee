"""Changing hours: taking in evidence, entering, deciding, reversing, opening entries."""
