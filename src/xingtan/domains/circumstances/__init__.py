"""Circumstances that a determination needs: dated facts of a teacher as the pack names them, proposed, granted, refused, ended."""
