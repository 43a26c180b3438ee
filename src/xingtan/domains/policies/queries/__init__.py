"""Reading packs, years and drafts."""
