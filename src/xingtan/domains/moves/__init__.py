"""People and schools move: posts, leave and return, transfers with two sides' word, second posts, reorganisations."""
