"""The learning record store: xAPI statements, documents, credentials; kept as the standard says, read by later rooms as evidence."""
