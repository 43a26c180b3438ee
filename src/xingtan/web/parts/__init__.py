"""What several faces show: ring, ladder, chips, icons, tables."""
