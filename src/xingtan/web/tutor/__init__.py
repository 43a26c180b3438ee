"""Pages of tutors and workshop leads."""
