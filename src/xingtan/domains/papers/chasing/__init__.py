"""Who is behind in a school's year, who was reminded of it, and the rates of schools."""
