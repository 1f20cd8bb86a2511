"""Cues due at one instant at many servers: from the first to the last."""
