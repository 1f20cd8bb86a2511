"""Lateness of cues: our player beside a C program, cue by cue."""
