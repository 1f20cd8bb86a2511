"""What the service does: one module for each kind of intent."""
