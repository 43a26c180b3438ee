"""What is published and may be chosen."""
