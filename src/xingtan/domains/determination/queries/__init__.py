"""Reading verdicts: facts, what was determined, a teacher's record, what a certificate's page says."""
