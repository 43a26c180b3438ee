"""Classes formed from admissions: proposed by rule, looked at, adjusted by hand, then arranged with tutor and host and introduced."""
