"""What changes certificates: issuing, revoking, keeping their paper form."""
