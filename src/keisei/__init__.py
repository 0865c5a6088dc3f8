"""keisei: the state of the board."""
