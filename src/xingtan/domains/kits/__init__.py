"""Offline kits of study groups: made, opened, signed, synchronised without loss or double counting."""
