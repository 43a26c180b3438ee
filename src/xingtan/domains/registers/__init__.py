"""Who else the region counts on: trainers, principals, offices beside the tree, members; with the ratios that are asked for."""
