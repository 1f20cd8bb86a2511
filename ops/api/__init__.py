"""The API: one controller module for each resource, with its request and reply Structs."""
