"""The pages: one folder a face, one URL an intent."""
