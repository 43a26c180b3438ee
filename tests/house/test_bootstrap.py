from __future__ import annotations

import json
import sys

import pytest

from tools import bootstrap


@pytest.fixture
def fresh(checkout, monkeypatch):
    """A bare checkout; pip and venv are written down instead of done, and no time passes."""
    locks = {f"requirements/{name}": name for name in ("run.lock", "dev.lock", "spark.lock")}
    root = checkout(locks | {"pyproject.toml": "[project]"})
    python = root / ".venv/bin/python"
    done = []

    def make():
        if not python.exists():
            python.parent.mkdir(parents=True)
            python.touch()
            done.append("venv")

    monkeypatch.setattr(bootstrap, "ROOT", root)
    monkeypatch.setattr(bootstrap, "VENV", root / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", root / ".venv/stamp.json")
    monkeypatch.setattr(bootstrap, "venv_python", lambda: python)
    monkeypatch.setattr(bootstrap, "make_venv", make)
    monkeypatch.setattr(bootstrap, "pip", lambda *words: done.append(words[-1]))
    return root, done


def installed(done, kind):
    done.clear()
    bootstrap.install(kind)
    return list(done)


def test_a_bare_checkout_gets_an_environment_from_the_lock_and_nothing_a_second_time(fresh):
    _root, done = fresh
    assert installed(done, "run") == ["venv", "requirements/run.lock", "."]
    assert installed(done, "run") == []


def test_the_larger_lock_serves_both_and_the_smaller_one_only_itself(fresh):
    _root, done = fresh
    installed(done, "dev")
    assert installed(done, "run") == []


def test_after_a_run_the_tests_still_get_their_own_lock(fresh):
    _root, done = fresh
    installed(done, "run")
    assert installed(done, "dev") == ["requirements/dev.lock", "."]


def test_spark_is_added_to_what_the_tests_have_and_they_do_not_need_it(fresh):
    _root, done = fresh
    installed(done, "dev")
    assert installed(done, "spark") == ["requirements/spark.lock", "."]
    assert installed(done, "spark") == installed(done, "dev") == []


@pytest.mark.parametrize(
    ("name", "again"), [("requirements/run.lock", ["requirements/run.lock", "."]), ("pyproject.toml", ["."]), ("README.md", [])]
)
def test_only_what_changed_is_installed_again(fresh, name, again):
    root, done = fresh
    installed(done, "run")
    (root / name).write_text("changed", encoding="utf-8")
    assert installed(done, "run") == again


def test_a_folder_that_was_moved_gets_a_new_environment(fresh):
    root, done = fresh
    installed(done, "run")
    stamp = json.loads((root / ".venv/stamp.json").read_text(encoding="utf-8"))
    (root / ".venv/stamp.json").write_text(json.dumps(stamp | {"place": "/elsewhere"}), encoding="utf-8")
    assert installed(done, "run") == ["venv", "requirements/run.lock", "."]


@pytest.mark.parametrize(
    ("words", "built"), [(["run"], ["run"]), (["dev"], ["dev"]), (["spark"], ["dev"]), ([], ["run"]), (["dev", "--no-build"], [])]
)
def test_assets_and_catalogs_follow_the_environment(fresh, monkeypatch, words, built):
    kinds = []
    monkeypatch.setattr(bootstrap, "build", kinds.append)
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", *words])
    bootstrap.main()
    assert kinds == built
