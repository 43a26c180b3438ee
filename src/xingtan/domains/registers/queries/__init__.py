"""The registers' nouns."""
