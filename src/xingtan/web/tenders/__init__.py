"""Pages of tenders for offices, bidders, experts and everybody: one part of the program, four faces."""
