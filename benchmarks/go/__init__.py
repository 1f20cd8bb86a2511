"""From a GO to its packet, and to its acknowledgement."""
