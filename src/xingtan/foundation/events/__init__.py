"""What the hallway carries: events kept in the same transaction as the change, delivered at least once, replayable."""
