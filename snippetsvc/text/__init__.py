"""The text model, pure: a revision's canonical text, the selectors that name places in it, highlights drawn on it."""
