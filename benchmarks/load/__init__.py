"""Taking a large night file while cues go."""
