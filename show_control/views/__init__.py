"""The parts of the board document, drawn from the engine's state. Pure."""
