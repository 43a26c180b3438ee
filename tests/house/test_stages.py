from __future__ import annotations

from collections import Counter

import pytest

from tools import stages


@pytest.fixture
def tree(checkout, monkeypatch):
    """A folder of tests in stead of the real one, and no site's environment."""

    def write(files):
        root = checkout({f"tests/{name}": text for name, text in files.items()})
        monkeypatch.setattr(stages, "ROOT", root)
        monkeypatch.setattr(stages, "TESTS", root / "tests")
        monkeypatch.setenv("WORKERS", "0")
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        monkeypatch.delenv("CI", raising=False)
        return root

    return write


def ended(**states):
    return [stages.Stage(name, (), state=state, counts=Counter(passed=1)) for name, state in states.items()]


@pytest.mark.parametrize(
    ("text", "state", "counts"),
    [
        ("def test_a(): pass\ndef test_b(): pass\n", "passed", {"passed": 2}),
        ("def test_a(): pass\ndef test_b(): assert 0\n", "FAILED", {"passed": 1, "failed": 1}),
        ("import nothing_of_this_name\n", "FAILED", {"error": 1}),
        ("", "no tests", {}),
    ],
)
def test_a_stage_says_how_it_ended_and_counts(tree, text, state, counts):
    tree({"core/test_a.py": text})
    stage = stages.Stage("core", ("core",), ("-p", "no:django", "-p", "no:cacheprovider"))
    stages.run(stage)
    assert (stage.state, dict(stage.counts)) == (state, counts)


def test_a_stage_that_hangs_is_ended_and_has_failed(tree, monkeypatch, capsys):
    tree({"core/test_a.py": "import time\ndef test_a(): time.sleep(60)\n"})
    monkeypatch.setattr(stages, "LONGEST", 2)
    stage = stages.Stage("core", ("core",), ("-p", "no:django", "-p", "no:cacheprovider"))
    stages.run(stage)
    assert stage.state == "FAILED"
    assert stage.seconds < 30
    assert "KeyboardInterrupt" in capsys.readouterr().out


def test_a_new_folder_of_tests_runs_on_both_databases_without_being_listed(tree):
    tree({"core/a.py": "", "journeys/a.py": "", "spark/a.py": "", "brand_new/a.py": "", "web/a.py": ""})
    folders = {stage.name: stage.folders for stage in stages.all_stages()}
    assert folders["sqlite"] == folders["postgres"] == ("brand_new", "web")


def test_debians_server_is_asked_for_by_version(tree, monkeypatch):
    tree({"web/a.py": ""})
    monkeypatch.setenv("PG", "15")
    options = {stage.name: stage.options for stage in stages.all_stages()}
    assert options["postgres"] == ("--database=postgres", "--postgres-version=15")
    assert options["sqlite"] == ("--database=sqlite",)


@pytest.mark.parametrize(
    ("states", "under_ci", "code"),
    [
        ({"core": "passed", "browser": "passed"}, True, 0),
        ({"core": "passed", "browser": "no tests"}, True, 0),
        ({"core": "passed", "browser": "FAILED"}, False, 1),
        ({"core": "passed", "browser": "could not run: no browser"}, False, 0),
        ({"core": "passed", "browser": "could not run: no browser"}, True, 1),
    ],
)
def test_what_could_not_run_is_named_and_fails_under_ci(monkeypatch, capsys, states, under_ci, code):
    monkeypatch.setenv("CI", "true" if under_ci else "")
    assert stages.report(ended(**states)) == code
    said = capsys.readouterr().out
    assert all(state in said for state in states.values())


def test_a_run_in_which_no_test_ran_is_no_success(capsys):
    assert stages.report([stages.Stage("core", (), state="no tests")]) == 1
    assert capsys.readouterr().out.endswith("===== no tests ran in 0.0s =====\n")


def test_a_browser_that_is_missing_is_named_not_skipped(tree, monkeypatch):
    tree({"journeys/test_a.py": ""})
    monkeypatch.setattr(stages.browser, "find", lambda: None)
    assert "install one" in (stages.why_not(stages.Stage("browser", ("journeys",))) or "")
    assert stages.why_not(stages.Stage("core", ("core",))) is None


@pytest.mark.parametrize(("java", "code", "says"), [(None, 0, "JAVA_HOME"), ("/java", 1, "spark.lock"), ("/java", 0, None)])
def test_spark_without_java_or_its_packages_is_named_not_skipped(tree, monkeypatch, java, code, says):
    tree({"spark/test_a.py": ""})
    monkeypatch.setattr(stages.java, "find", lambda: java)
    monkeypatch.setattr(stages.subprocess, "run", lambda *words, **options: stages.subprocess.CompletedProcess(words, code))
    problem = stages.why_not(stages.Stage("spark", ("spark",)))
    assert (says in problem) if says else problem is None


@pytest.mark.parametrize(
    ("said", "code", "is_taken"),
    [
        ('openjdk version "17.0.15" 2025', 0, True),
        ('java version "1.8.0_402"', 0, False),
        ('openjdk version "21"', 0, True),
        ("no runtime", 1, False),
    ],
)
def test_a_java_is_taken_when_it_runs_and_is_new_enough(tmp_path, monkeypatch, said, code, is_taken):
    path = tmp_path / "bin/java"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit {code}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert stages.java.installed() == (str(path) if is_taken else None)
