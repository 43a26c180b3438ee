"""The library: courses, their units, quizzes and assignments."""
