"""What a fresh clone and a wheel carry."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHECKOUT_FREE = """
import festivals, migrations, ops.cli
from importlib.resources import files
assert (files(festivals) / "seoullight-2025-fall.toml").is_file()
for package in (festivals, migrations, ops.cli):
    print(package.__file__)
"""


def test_the_lock_names_hashes_and_no_addresses() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert lock.count("==") <= lock.count("--hash=sha256:")
    npm = json.loads((ROOT / "ops/dashboard/package-lock.json").read_text())
    packages = {name: package for name, package in npm["packages"].items() if name}
    assert all("integrity" in p and "resolved" not in p for p in packages.values())


def test_the_lock_holds_what_building_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = project["build-system"]["requires"]
    assert set(needed) <= set(project["dependency-groups"]["dev"])


def test_the_example_festivals_are_found_as_package_data() -> None:
    assert (files("festivals") / "seoullight-2025-fall.toml").is_file()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked; the page in it is the one that stands."""
    folder = tmp_path_factory.mktemp("wheel")
    command = ["build", "--quiet", "--wheel", "--no-build-isolation", "--out-dir", folder, ROOT]
    environment = {**os.environ, "LAMPLIGHTER_SKIP_UI": "1"}
    subprocess.run([Path(sys.executable).with_name("uv"), *command], check=True, env=environment)
    zipfile.ZipFile(next(folder.glob("*.whl"))).extractall(folder / "installed")
    return folder / "installed"


def test_the_wheel_works_with_no_checkout_near(wheel: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(wheel)}
    ran = subprocess.run(
        [sys.executable, "-c", CHECKOUT_FREE],
        cwd=wheel.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(Path(line).is_relative_to(wheel) for line in ran.stdout.split())


def test_the_wheel_carries_the_page_and_not_its_sources(wheel: Path) -> None:
    page = wheel / "ops" / "dashboard"
    assert (page / "static" / "index.html").is_file()
    carried = {file.name for file in page.iterdir()}
    assert not carried & {"node_modules", "src", "package.json", "package-lock.json", ".npmrc"}
