"""The registers' verbs, a file for each register."""
