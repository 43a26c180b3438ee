from __future__ import annotations

import subprocess

import pytest

from tools import packages


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "requirements").mkdir()
    monkeypatch.setattr(packages, "ROOT", tmp_path)
    return tmp_path / "requirements"


HASH = "    --hash=sha256:00\n"


def test_a_pin_has_a_version_and_a_hash_and_is_the_same_in_every_lock(folder):
    (folder / "run.lock").write_text(f"# by uv\na==1 \\\n{HASH}b==2\nc @ https://example.org/c.zip\n")
    (folder / "dev.lock").write_text(f"a==2 \\\n{HASH}")
    told = list(packages.loose_pins())
    assert told == [
        "run.lock: b is not pinned to a version with a hash",
        "run.lock: c @ https://example.org/c.zip is not pinned to a version with a hash",
        "a has other versions in dev.lock than in run.lock",
    ]


def test_a_package_of_npm_has_a_hash_and_a_licence(folder, monkeypatch):
    packages_of_npm = {"": {}, "node_modules/a": {"integrity": "sha512-x", "license": "MIT"}, "node_modules/b": {"license": "AGPL-3.0"}}
    monkeypatch.setattr(packages, "npm", lambda: {path: one for path, one in packages_of_npm.items() if path})
    monkeypatch.setattr(packages.metadata, "distributions", list)
    assert list(packages.loose_npm()) == ["package-lock.json: node_modules/b has no sha512"]
    assert list(packages.strange_licences()) == ["b: licence AGPL-3.0 is not among the allowed ones"]


def test_a_withdrawn_release_and_a_stale_lock_are_told_and_a_silent_registry_is_no_fault(folder, monkeypatch, capsys):
    (folder / "run.lock").write_text(f"a==1 \\\n{HASH}")

    def compiled(command):
        with open(command[-1], "w") as copy:  # noqa: PTH123 -- as the client does
            copy.write(f"a==2 \\\n{HASH}")
        return subprocess.CompletedProcess(command, 0, "", "warning: `a==2` is yanked (reason: broken)\n")

    monkeypatch.setattr(packages, "_asked", compiled)
    assert list(packages.looked_up()) == [
        "run.lock: warning: `a==2` is yanked (reason: broken)",
        "run.lock is not what run.in wants: lock again (docs/checks.md)",
    ]
    monkeypatch.setattr(packages, "_asked", lambda _command: None)
    assert list(packages.looked_up()) == []
    assert "could not look" in capsys.readouterr().out
