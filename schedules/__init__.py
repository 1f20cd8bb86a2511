"""Planning: festival files, nights, slots, and the night file that the player holds."""
