"""What changes the way of an entry."""
