"""Paper: what the sheets say, and the press that sets them."""
