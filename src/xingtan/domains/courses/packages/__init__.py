"""Packages that others made (SCORM, cmi5, H5P): read safely, judged before anything is kept, unpacked into the files store."""
