"""People and schools that move: pages for a school and for the offices above, each for its own branch."""
