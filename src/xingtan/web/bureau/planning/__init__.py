"""Pages of plans: a unit's own, those of the units below, the answers, the projects that they become."""
