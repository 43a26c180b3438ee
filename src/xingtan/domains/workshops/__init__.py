"""Workshops and their activities, cohorts and their tutors."""
