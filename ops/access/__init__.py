"""Who may do what: people, their sessions, their rights."""
