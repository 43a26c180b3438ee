"""The demonstration county, loaded through the doors a user would take."""
