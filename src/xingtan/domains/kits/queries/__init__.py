"""Reading groups, kits and what they count."""
