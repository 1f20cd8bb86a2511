"""What is seen, live: the board as one document, handed to every page."""
