"""The SQL files, in order: 0001_..., 0002_...; read through importlib.resources."""
