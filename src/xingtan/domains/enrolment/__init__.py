"""From a teacher's choice to the learning card."""
