"""What changes batches and what an office knows of headings."""
