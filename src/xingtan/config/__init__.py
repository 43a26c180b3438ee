"""Settings, addresses, environment and the hallway: the one floor that knows every other."""
