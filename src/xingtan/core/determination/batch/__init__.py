"""Any number of teachers at once: the same formulas over columns, on Polars in slices or on Spark."""
