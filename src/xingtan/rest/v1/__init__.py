"""The product's API, version 1."""
