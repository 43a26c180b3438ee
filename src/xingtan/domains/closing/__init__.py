"""The closing of a training year: notice, objections, conditions, archive, corrections."""
