"""A publisher's HTML -> a revision, pure: decoded, sanitised, normalised."""
