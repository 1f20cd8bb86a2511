"""Night time: wall times that may pass 24:00, the sun, and the instants that they mean."""
