"""Training of the page models: where a one-line page has its seams, and which pieces of a page are the article."""
