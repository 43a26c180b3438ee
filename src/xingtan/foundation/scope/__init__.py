"""The tree of organisations and the branch of it that one may see: passed, never ambient."""
