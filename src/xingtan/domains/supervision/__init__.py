"""What is counted for those who watch over it all."""
