"""Acts on papers: printing, submitting, sealing, keeping."""
