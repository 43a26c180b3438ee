"""Learning cards in batches: names up, counts up, cards down, each with the trail of whose hands it went through."""
