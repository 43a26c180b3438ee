"""Protocols in: our own API and, later, the learning record store."""
