"""From patterns and slots to the windows of each night."""
