"""What of a festival goes out: its published programme as feeds that other programs read."""
