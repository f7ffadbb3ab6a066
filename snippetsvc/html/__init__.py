"""A publisher's HTML -> a revision, pure; the order of it all is in `prepare`."""
