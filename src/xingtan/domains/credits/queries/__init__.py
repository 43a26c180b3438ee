"""Reading hours: what was learned, what stands in the ledger, what is due, what waits, and what it all amounts to."""
