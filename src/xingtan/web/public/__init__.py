"""Pages for anyone: front page, projects, certificate check, signing in."""
