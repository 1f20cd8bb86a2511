"""What the player has recorded: written before a packet leaves, kept over kill -9, read by cursor.

It hides files, framing, the flush thread and what happens when the disk fails. A folder belongs to
the player that holds its `FolderLock`; `read`, `tail` and `verify` need no lock.
"""

from show_control.journal.folder import FolderHeld, FolderLock
from show_control.journal.reading import Cursor, Finding, Page, read, tail, verify
from show_control.journal.retention import Aged, stored_terms
from show_control.journal.term_file import Disk
from show_control.journal.writing import Journal

__all__ = [
    "Aged",
    "Cursor",
    "Disk",
    "Finding",
    "FolderHeld",
    "FolderLock",
    "Journal",
    "Page",
    "read",
    "stored_terms",
    "tail",
    "verify",
]
