"""Tables of a region as files: read and checked field by field, and verdicts written."""
