"""Results of tests that a pack names: read from files, looked at first, entered, corrected by rows that supersede."""
