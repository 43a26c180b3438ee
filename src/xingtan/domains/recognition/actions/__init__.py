"""What changes trainings and claims."""
