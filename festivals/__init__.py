"""Example festivals, one TOML file each; read through importlib.resources."""
