"""The ways into a project: own choice in rounds, placement, nomination, national programmes, waiting list, change and withdrawal."""
