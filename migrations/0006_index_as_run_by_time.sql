-- A night's record also holds what names no night: calls of everything, alarms, what servers said.

CREATE INDEX as_run_without_night ON as_run (at, player, term, seq) WHERE night IS NULL;
