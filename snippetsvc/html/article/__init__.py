"""A whole page's tree -> the element that holds the article, without what is none of it, its headline in front."""
