"""What providers' platforms deliver, by file or by statement: judged, reconciled, handed on as delivered records."""
