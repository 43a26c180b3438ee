"""Outside systems, each behind one small class."""
