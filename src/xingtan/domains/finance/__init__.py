"""Bills of schools and their payment."""
