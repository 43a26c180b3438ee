"""Pages of a project's making: its segments, whom it is for, a copy, its end, and the year of projects on one line."""
