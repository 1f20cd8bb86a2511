"""`lamplighter watch`: the board, live in a terminal, from the service's feed. It calls nothing."""
