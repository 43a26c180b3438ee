"""What changes groups, kits and their hours."""
