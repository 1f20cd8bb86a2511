"""What really ran: entries of players, copied; never from the plan."""
