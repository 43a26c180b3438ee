"""What changes cases: keeping what was found, deciding, answering, appealing."""
