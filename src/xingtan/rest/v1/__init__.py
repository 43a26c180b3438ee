"""Version 1 of the API. What a client can see changes only by additions; anything else is a `v2` beside it."""
