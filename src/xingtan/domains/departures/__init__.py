"""What becomes of applications when their teachers leave or move."""
