"""Finding a teacher among hundreds of thousands: the table of tokens, how it is kept, what a typed text means."""
