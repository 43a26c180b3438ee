"""Projects with seats as the teacher sees them: which are open and why, applying, the own applications."""
