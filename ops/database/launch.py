"""Becomes a PostgreSQL program: as a user that it accepts, and gone when its parent goes.

`python -I -S launch.py USER PARENT FOLDER PROGRAM ARGUMENT...`, a process of its own with
the standard library alone, so that nothing runs between fork and exec in a process that
may have threads. It ends in `exec`: the process id stays.

PostgreSQL refuses to run as root. USER is one of
  same       who we are
  namespace  root outside, an ordinary user inside a user namespace: no file changes hands
  UID:GID    that user, to whom FOLDER belongs
PARENT is the process id without which the program shall not run.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from pathlib import Path

SAME = "same"
NAMESPACE = "namespace"

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2
ORDINARY = 65534


def main(arguments: list[str]) -> None:
    user, parent, folder, program, *rest = arguments
    libc = ctypes.CDLL(None, use_errno=True)
    if user == NAMESPACE:
        enter_namespace(libc)
    elif user != SAME:
        uid, gid = map(int, user.split(":"))
        drop_to(libc, uid, gid, reach=(folder, program))
    if sys.platform == "linux":
        # After the change of user, which clears it. SIGINT is PostgreSQL's fast shutdown.
        check(libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0), "PR_SET_PDEATHSIG")
    if os.getppid() != int(parent):
        sys.exit("whoever started this is gone")
    os.execv(program, [program, *rest])  # noqa: S606 - from a list, no shell


def enter_namespace(libc: ctypes.CDLL) -> None:
    """Root becomes an ordinary user in a user namespace of its own."""
    check(libc.unshare(CLONE_NEWUSER), "unshare")
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"{ORDINARY} 0 1")
    (own / "gid_map").write_text(f"{ORDINARY} 0 1")


def drop_to(libc: ctypes.CDLL, uid: int, gid: int, reach: tuple[str, ...]) -> None:
    """Become the user; where it could not reach these paths, keep what it takes to.

    A folder of root's (0700) above the data or above the installed binaries would else be
    in the way, and opening folders that are not ours is not for us to do.
    """
    linux = sys.platform == "linux"
    if linux:
        check(libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0), "PR_SET_KEEPCAPS")
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if linux:
        reachable = all(os.access(path, os.R_OK | os.X_OK) for path in reach)
        keep_capability(libc, needed=not reachable)


def keep_capability(libc: ctypes.CDLL, *, needed: bool) -> None:
    """Give up every capability; if needed, keep one: search folders of others.

    Containers often have CAP_DAC_OVERRIDE without the narrower CAP_DAC_READ_SEARCH.
    """
    for capability in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE) if needed else ():
        if set_capabilities(libc, 1 << capability) == 0:
            raised = libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0)
            return check(raised, "PR_CAP_AMBIENT_RAISE")
    return check(set_capabilities(libc, 0), "capset")


def set_capabilities(libc: ctypes.CDLL, mask: int) -> int:
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    effective_permitted_inheritable = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)
    return int(libc.capset(header, effective_permitted_inheritable))


def check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


if __name__ == "__main__":
    main(sys.argv[1:])
