"""How far a teacher is in a package of others (SCORM, H5P, cmi5), what it reports, and when that is a pass."""
