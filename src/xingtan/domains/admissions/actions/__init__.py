"""What changes applications, rounds and terms."""
