"""What is read of tenders."""
