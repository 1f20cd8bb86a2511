"""The two programs that tests need beside Python: a Chromium and a PostgreSQL from 15 on.

`python -m tests.needs` finds them, installs Debian's packages where root may, and prints
where they are as shell exports; what cannot be had fails the run and says what to install.
Nothing is left out silently.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Any version from 15 on will do; the embedded 18 is tested anyway.
OLDEST_POSTGRES = 15


class Missing(Exception):
    """Says what is missing and what would be right."""


def find_chromium() -> Path:
    """$CHROMIUM, or one on the PATH."""
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return Path(found)
        raise Missing(f"CHROMIUM names {named}, which is no program")
    for name in CHROMIUMS:
        if found := shutil.which(name):
            return Path(found)
    raise Missing("no Chromium: install Debian's package chromium, or set CHROMIUM")


def find_postgres() -> Path:
    """The folder of initdb and postgres, 15 or newer.

    $LAMPLIGHTER_TEST_POSTGRES, or the PATH, or where Debian puts it.
    """
    if named := os.environ.get("LAMPLIGHTER_TEST_POSTGRES"):
        if postgres_version(Path(named)) >= OLDEST_POSTGRES:
            return Path(named)
        raise Missing(
            f"LAMPLIGHTER_TEST_POSTGRES names {named}, which holds no initdb and "
            f"postgres from {OLDEST_POSTGRES} on"
        )
    for folder in postgres_folders():
        if postgres_version(folder) >= OLDEST_POSTGRES:
            return folder
    raise Missing(
        f"no PostgreSQL from {OLDEST_POSTGRES} on: install Debian's package postgresql, "
        "or set LAMPLIGHTER_TEST_POSTGRES to the folder of its initdb and postgres"
    )


def postgres_folders() -> list[Path]:
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return [Path(on_path).resolve().parent, *debian] if on_path else debian


def postgres_version(folder: Path) -> int:
    """0 where the folder holds no server."""
    server = folder / "postgres"
    if not (server.exists() and (folder / "initdb").exists()):
        return 0
    answer = subprocess.run([server, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\) (\d+)", answer.stdout)
    return int(found[1]) if found else 0


def reads_korean() -> bool:
    """Whether a picture of the page would show Korean, not boxes."""
    lister = shutil.which("fc-list")
    return lister is None or bool(
        subprocess.run([lister, ":lang=ko"], capture_output=True, check=False).stdout
    )


def missing_packages() -> list[str]:
    packages = []
    for find, package in ((find_chromium, "chromium"), (find_postgres, "postgresql")):
        try:
            find()
        except Missing:
            packages.append(package)
    if "chromium" in packages or not reads_korean():
        packages.append("fonts-nanum")
    return packages


def install(packages: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "-qq", "update"],
        [
            "apt-get",
            "-qq",
            "-o",
            "DPkg::Lock::Timeout=300",
            "install",
            "-y",
            "--no-install-recommends",
            *packages,
        ],
    ):
        subprocess.run(command, check=True, env=environment, stdin=subprocess.DEVNULL, stdout=2)


def main() -> int:
    packages = missing_packages()
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"installing {' '.join(packages)}", file=sys.stderr)
        install(packages)
    try:
        print(f"export CHROMIUM='{find_chromium()}'")
        print(f"export LAMPLIGHTER_TEST_POSTGRES='{find_postgres()}'")
    except Missing as missing:
        print(f"The tests cannot run: {missing}", file=sys.stderr)
        return 1
    if not reads_korean():
        print("No Korean font: screenshots will show boxes (fonts-nanum)", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
