"""What changes packs, years and drafts."""
