"""A closed year as immutable Parquet: its rows, the program that presses them, the files with their digests."""
