"""A tree -> the HTML of a revision: what may be published, in the one form that a parser leaves as it is."""
