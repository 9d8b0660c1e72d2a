"""What holds across documents: copies of one text, and incidents told by several."""
