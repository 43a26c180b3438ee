"""The pages of an offline kit: served on a study group's laptop, for nobody else."""
