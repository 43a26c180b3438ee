"""Files outside the web root: checked by content, found by digest, served as downloads."""
