"""The record of a night as it is read: asked for by what happened, where, by whom."""
