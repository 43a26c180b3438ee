"""Seats of projects: the list, the board of an office, sharing out, the trail."""
