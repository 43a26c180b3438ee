"""What is done with tenders."""
