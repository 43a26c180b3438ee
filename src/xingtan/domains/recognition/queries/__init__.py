"""Reading trainings and claims."""
