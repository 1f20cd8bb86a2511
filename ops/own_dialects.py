"""A user's own dialects: `dialects/NAME.toml` in the data folder, beside `lamplighter.toml`."""

from __future__ import annotations

from pathlib import Path

from schedules.catalogue.machines import Dialect
from schedules.faults import Fault, FestivalFaults
from schedules.festival_file import read_dialect

FOLDER = "dialects"


def own_dialects(data_dir: Path) -> tuple[Dialect, ...]:
    """Those that lie there, by name; raises FestivalFaults with each file's faults under its path."""
    found: list[Dialect] = []
    faults: list[Fault] = []
    for path in sorted((data_dir / FOLDER).glob("*.toml")):
        where = f"{FOLDER}/{path.name}"
        try:
            dialect = read_dialect(path.read_text("utf-8"))
        except FestivalFaults as told:
            faults += [Fault(f"{where}: {f.path}", f.message, f.right) for f in told.faults]
        except (OSError, UnicodeDecodeError) as fault:
            faults.append(Fault(where, f"not to be read: {fault}", "write it as text in UTF-8"))
        else:
            if dialect.name != path.stem:
                faults.append(
                    Fault(
                        f"{where}: name",
                        f"the file is called {path.stem}, its dialect {dialect.name}",
                        f'write name = "{path.stem}"',
                    )
                )
            found.append(dialect)
    if faults:
        raise FestivalFaults(faults)
    return tuple(found)
