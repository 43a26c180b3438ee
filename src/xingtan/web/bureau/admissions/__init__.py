"""Admissions as offices and schools see them: projects, applications, nomination, workbooks, rounds."""
