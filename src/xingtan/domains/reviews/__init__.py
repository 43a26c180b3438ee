"""How entries pass from the school to the province: batches, samples, deadlines, reopening, late entries, appeals."""
