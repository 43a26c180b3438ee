"""Pages at the entrance: signing in, second factors, sessions, recovery, other sites."""
