"""Quizzes, assignments, and how they were marked."""
