"""The rooms, in the order in which they may know each other."""
