"""Pages of surveys for who asks: writing, opening, reminding, results."""
