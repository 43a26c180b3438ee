"""Messages to people inside the house: codes and numbers, worded where they are shown."""
