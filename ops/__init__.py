"""The service: who may do what, what is seen, what is kept."""
