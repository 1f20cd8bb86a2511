"""What all tables of the festival file have in common."""

from __future__ import annotations

import msgspec


class Table(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What every table of the file is."""
