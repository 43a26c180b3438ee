"""Append-only books: lines posted together as a block, blocks chained by digest, a chain per county."""
