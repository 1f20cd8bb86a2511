"""The console: calling from a terminal, on the player alone, with service and PostgreSQL dead.

`Desk` follows the player and makes calls, and knows no terminal; the other modules say what of it
is shown, in rows of words; `app` is the only one that knows Textual.
"""

from show_control.console.desk import Desk
from show_control.console.last_resort import SafeLook, send_safe_look
from show_control.console.outcome import Came

__all__ = ["Came", "Desk", "SafeLook", "send_safe_look"]
