"""The player: it holds the night file, steps a pure engine, sends OSC and keeps the journal."""
