"""What waits, how long, and what looks wrong."""
