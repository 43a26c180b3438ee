"""Seats of a project, passed down level by level and given to teachers; never more than are held."""
