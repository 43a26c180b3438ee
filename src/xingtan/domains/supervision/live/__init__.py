"""The live view of a project: figures kept by every event, told in an instant, compared with the raw record at night."""
