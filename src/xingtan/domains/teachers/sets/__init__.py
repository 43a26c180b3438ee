"""Writing many teachers at once: registering, changing; what a roster, a move or another system calls."""
