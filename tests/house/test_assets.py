from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools import assets, browser

ROOT = Path(__file__).resolve().parents[2]
LOCK = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))


def test_the_lock_holds_a_hash_for_every_package_and_no_address():
    packages = {name: package for name, package in LOCK["packages"].items() if name}
    assert packages
    assert [name for name, package in packages.items() if not package.get("integrity")] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_every_file_that_is_copied_comes_from_a_package_of_the_lock():
    def package_of(name):
        return "/".join(name.split("/")[: 2 if name.startswith("@") else 1])

    named = {package_of(name) for name in [*assets.TO_VENDOR, *assets.TO_FONTS]}
    assert named <= set(LOCK["packages"][""]["dependencies"])


def test_python_locks_hold_hashes_and_no_address():
    for lock in sorted((ROOT / "requirements").glob("*.lock")):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock.name
        assert text.count("==") <= text.count("--hash=sha256:"), lock.name


@pytest.fixture
def places(checkout, monkeypatch):
    """A checkout of two packages, with the tool's folders in it."""
    root = checkout({"package-lock.json": "{}", "node_modules/a/dist/a.js": "a", "node_modules/a/maps/m": "m", "node_modules/f/f.ttf": "f"})
    monkeypatch.setattr(assets, "ROOT", root)
    monkeypatch.setattr(assets, "MODULES", root / "node_modules")
    monkeypatch.setattr(assets, "VENDOR", root / "vendor")
    monkeypatch.setattr(assets, "FONTS", root / "fonts")
    monkeypatch.setattr(assets, "STAMP", root / "vendor/.stamp.json")
    monkeypatch.setattr(assets, "TO_VENDOR", {"a/dist/a.js": "a", "a/maps": "a"})
    monkeypatch.setattr(assets, "TO_FONTS", {"f/f.ttf": ""})
    fetched = []
    monkeypatch.setattr(assets, "npm_ci", fetched.append)
    monkeypatch.setattr(sys, "argv", ["assets.py", "run"])
    return root, fetched


def test_files_and_folders_are_copied_once_for_a_lock(places):
    root, fetched = places
    assets.main()
    assets.main()
    assert fetched == ["run"]
    copied = sorted(
        path.relative_to(root).as_posix() for folder in ("vendor", "fonts") for path in (root / folder).rglob("*") if path.is_file()
    )
    assert copied == ["fonts/f.ttf", "vendor/.stamp.json", "vendor/a/a.js", "vendor/a/maps/m"]


def test_a_changed_lock_and_a_new_kind_are_fetched_again(places, monkeypatch):
    root, fetched = places
    assets.main()
    (root / "package-lock.json").write_text('{"changed": 1}', encoding="utf-8")
    assets.main()
    monkeypatch.setattr(sys, "argv", ["assets.py", "dev"])
    assets.main()
    assert fetched == ["run", "run", "dev"]


def test_what_the_lock_no_longer_brings_is_gone(places):
    root, _fetched = places
    (root / "vendor").mkdir()
    (root / "vendor/old.js").write_text("old", encoding="utf-8")
    assets.main()
    assert not (root / "vendor/old.js").exists()


def program(folder, name, says):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {says}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand in for programs")
@pytest.mark.parametrize(("version", "has_npm", "is_found"), [("v20.1.0", True, True), ("v16.9.0", True, False), ("v20.1.0", False, False)])
def test_a_node_counts_when_it_is_new_enough_and_has_npm(tmp_path, monkeypatch, version, has_npm, is_found):
    program(tmp_path / "bin", "node", version)
    if has_npm:
        program(tmp_path / "bin", "npm", "10")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert (assets.node_folder() is not None) is is_found


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand in for programs")
def test_a_browser_is_found_by_name_on_the_path_or_in_chromium(tmp_path, monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(browser, "APPLICATIONS", ())
    assert browser.installed() is None
    program(tmp_path / "bin", "google-chrome", "Chrome")
    assert browser.installed() == str(tmp_path / "bin/google-chrome")
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nowhere"))
    assert browser.installed() is None


def test_an_old_python_is_told_what_to_do():
    script = "import sys; sys.version_info = (3, 9); import shutil; shutil.which = lambda name: None; sys.path.insert(0, 'tools')\n"
    done = subprocess.run(
        [sys.executable, "-c", script + "import bootstrap; bootstrap.with_new_enough_python()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr
