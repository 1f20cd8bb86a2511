"""The data folder's own PostgreSQL: started, adopted, recovered, stopped with its parent.

A child of the process that starts it, on a Unix socket only. Who starts it holds a lock
on the data folder for as long as it serves: one parent, everybody else adopts. Start it
from the main thread: Linux ends it when the *thread* that started it ends.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from ops.database.account import Account, account_for
from ops.database.binaries import wheel_binaries
from ops.database.cluster import DATABASE, ROLE_NAMES, Role, make_folder, read_passwords
from ops.database.ownership import Note, Ownership
from ops.database.postmaster import STEP, Postmaster, end, ended, pause, read_postmaster

# How long a Unix socket's path may be, less PostgreSQL's own "/.s.PGSQL.5432".
LONGEST_SOCKET_FOLDER = 107 - 14
# PostgreSQL reads the folder as a list with quotes and commas; these need none.
PLAIN = re.compile(r"[A-Za-z0-9/._+-]+")
SHORT_PREFIX = "lamplighter-"
# Reading back its log after a crash takes PostgreSQL as long as it takes.
LOOKS = int(120 / STEP)
LARGEST_LOG = 10_000_000


class DatabaseDown(RuntimeError):
    """The data folder's server cannot be had; the message says why and where to read."""


class EmbeddedServer:
    """PostgreSQL on `data_dir`/postgres.

    `durable=False` is for tests and demos: faster, lost with the machine's power.
    `namespaces=False`: as root, drop to `nobody` even where user namespaces work.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        binaries: Path | None = None,
        durable: bool = True,
        namespaces: bool = True,
    ) -> None:
        self.data_dir = data_dir.resolve()
        self.folder = self.data_dir / "postgres"
        self.log = self.data_dir / "server.log"
        self.passwords = self.data_dir / "postgres-passwords.json"
        self.process: subprocess.Popen[bytes] | None = None
        self._ownership = Ownership(self.data_dir / "postgres.lock")
        self._short: Path | None = None
        self._binaries = binaries
        self._durable = durable
        self._namespaces = namespaces

    def start(self, *, lasting: bool = True) -> subprocess.Popen[bytes] | None:
        """Serve; None if a server is up already that is not ours: it is used.

        `lasting` is False for a command that serves only as long as it works: others
        wait for their turn then, since its server goes when it ends. Calling it again
        starts what has died.
        """
        if self.process is not None and self.process.poll() is None:
            return self.process
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        for _ in range(LOOKS):
            if self._ownership.take():
                return self._serve(lasting=lasting)
            if self._ownership.note().lasting and self.ready():
                return None
            pause()
        raise DatabaseDown(
            f"another process serves {self.folder} and its PostgreSQL does not answer: "
            f"see {self.log}"
        )

    def ready(self) -> bool:
        """Whether a server on this folder takes connections, whoever started it."""
        found = read_postmaster(self.folder)
        return found is not None and found.ready and found.alive()

    def stop(self) -> None:
        """Stop what we started; an adopted server stays."""
        process, self.process = self.process, None
        if process is not None:
            end(process)
        if self._short is not None:
            shutil.rmtree(self._short, ignore_errors=True)
            self._short = None
        self._ownership.give_up()

    def dsn(self, role: Role) -> str:
        found = read_postmaster(self.folder)
        if found is None:
            raise DatabaseDown(f"no PostgreSQL serves {self.folder}")
        password = read_passwords(self.passwords).of(role)
        host = quote(str(found.socket_folder), safe="")
        return f"postgresql://{ROLE_NAMES[role]}:{password}@/{DATABASE}?host={host}"

    def _serve(self, *, lasting: bool) -> subprocess.Popen[bytes] | None:
        """We hold the lock: there is no parent, though there may be a server."""
        try:
            if self._adopt():
                self._ownership.give_up()
                return None
            binaries = self._binaries or wheel_binaries()
            account = account_for(self.folder, binaries, namespaces=self._namespaces)
            if not (self.folder / "PG_VERSION").exists():
                make_folder(self.folder, binaries, self.passwords, account, durable=self._durable)
            account.give(self.folder)
            self._turn_log()
            process = self._start(binaries, account)
            self._ownership.write(Note(lasting=lasting, server=process.pid))
            return process
        except BaseException:
            self.stop()
            raise

    def _adopt(self) -> bool:
        """Whether there is a live server to use; what a dead one left is cleared away.

        One whose parent was one of ours is ending already, with its parent: it is waited
        for. One that somebody started by hand is used.
        """
        found = read_postmaster(self.folder)
        if found is None:
            return False
        ours = found.pid == self._ownership.note().server
        if found.alive() and ours:
            found.end()
        for _ in range(LOOKS):
            if not found.alive():
                clear_away(found)
                return False
            if self.ready() and not ours:
                return True
            pause()
        raise DatabaseDown(
            f"the PostgreSQL that runs on {self.folder} (process {found.pid}) neither "
            f"gets ready nor ends: see {self.log}"
        )

    def _start(self, binaries: Path, account: Account) -> subprocess.Popen[bytes]:
        """Start and wait; after a kill -9 also for the dead server's other processes."""
        for _ in range(LOOKS):
            before = self.log.stat().st_size if self.log.exists() else 0
            self.process = process = self._launch(binaries, account)
            if self._becomes_ready(process):
                return process
            said = self._said_since(before)
            if "is still in use" not in said:
                raise DatabaseDown(f"PostgreSQL did not start: {said}. See {self.log}")
            pause()
        raise DatabaseDown(f"a dead PostgreSQL's processes do not end: see {self.log}")

    def _launch(self, binaries: Path, account: Account) -> subprocess.Popen[bytes]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._socket_folder(account)),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "fsync": "on" if self._durable else "off",
        }
        settings = [part for item in options.items() for part in ("-c", "=".join(item))]
        command = [str(binaries / "postgres"), "-D", str(self.folder), *settings]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                account.command(self.folder, command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                # Out of the terminal's group: Ctrl-C is for the parent, which stops us.
                process_group=0,
            )

    def _becomes_ready(self, process: subprocess.Popen[bytes]) -> bool:
        for _ in range(LOOKS):
            if ended(process, within=STEP):
                return False
            found = read_postmaster(self.folder)
            if found is not None and found.pid == process.pid and found.ready:
                return True
        raise DatabaseDown(f"PostgreSQL does not get ready: see {self.log}")

    def _socket_folder(self, account: Account) -> Path:
        """The PostgreSQL folder itself, or a short one where its path will not do."""
        path = str(self.folder)
        if len(path) <= LONGEST_SOCKET_FOLDER and PLAIN.fullmatch(path):
            return self.folder
        if self._short is None or not self._short.exists():
            roof = tempfile.gettempdir()
            if len(roof) > LONGEST_SOCKET_FOLDER - 24:
                roof = "/tmp"  # noqa: S108 - mkdtemp makes a folder there that is ours alone
            self._short = Path(tempfile.mkdtemp(prefix=SHORT_PREFIX, dir=roof))
            account.give(self._short)
        return self._short

    def _turn_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.rename(self.log.with_suffix(".log.1"))

    def _said_since(self, position: int) -> str:
        """The log's last words, for a message."""
        with self.log.open("rb") as log:
            log.seek(position)
            lines = log.read().decode(errors="replace").strip().splitlines()
        return "; ".join(lines[-3:]) or "it said nothing"


def clear_away(dead: Postmaster) -> None:
    """What a server leaves after a kill -9.

    PostgreSQL would not start if a stranger has that process id by now.
    """
    dead.file.unlink(missing_ok=True)
    if dead.socket_folder == dead.folder:
        for socket in dead.folder.glob(".s.PGSQL.*"):
            socket.unlink()
    elif dead.socket_folder.name.startswith(SHORT_PREFIX):
        shutil.rmtree(dead.socket_folder, ignore_errors=True)
