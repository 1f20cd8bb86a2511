"""What a festival consists of: its types, and the rules that its parts obey."""
