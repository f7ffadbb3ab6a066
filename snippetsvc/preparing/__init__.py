"""A publisher's document is prepared in a process of its own, which may take so much and no more."""
