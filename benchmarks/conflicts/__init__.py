"""All conflicts of a large plan, and of one slot that moves, beside a plain comparison of intervals."""
