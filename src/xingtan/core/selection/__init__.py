"""Who suits a project: conditions on facts of a teacher and on the ladder of projects, with the reason of each that fails."""
