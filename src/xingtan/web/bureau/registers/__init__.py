"""Pages of the registers: trainers and their ratios, cadres, providers, offices beside the tree, members."""
