"""Answers that were given once and are given again to the same request."""
