"""Without Java nothing starts, and the command says what to install."""

from __future__ import annotations

import pytest
from py4j.protocol import Py4JError

from xingtan.cli import main
from xingtan.core.determination.batch import on_spark
from xingtan.core.determination.tables.layout import TABLES


@pytest.mark.parametrize(
    ("script", "is_taken"), [(None, False), ('echo version \\"1.8.0_402\\" >&2', False), ('echo version \\"17.0.2\\" >&2', True)]
)
def test_a_java_is_taken_when_it_is_there_and_new_enough(tmp_path, monkeypatch, script, is_taken):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    if script:
        path = tmp_path / "bin/java"
        path.parent.mkdir()
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
    assert (on_spark.java() is not None) is is_taken


def test_the_command_names_what_to_install_and_writes_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    tables = [word for name in TABLES for word in (f"--{name}", f"docs/examples/determine/{name}.csv")]
    words = ["determine", "--policy", "jiangxi-2011", "--year", "2011", *tables, "--out", str(tmp_path / "v.csv"), "--engine", "spark"]
    assert main(words) == 2
    assert "openjdk-17-jre-headless" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_cluster_that_is_not_there_is_told_in_a_line(tmp_path, monkeypatch, capsys):
    def refused(*words, **options):
        raise Py4JError(
            "An error occurred.\n: org.apache.spark.SparkException: x\n\tat y\nCaused by: java.io.IOException: Failed to connect to /127.0.0.1:1\n\tat z"
        )

    monkeypatch.setattr(on_spark, "spark_session", refused)
    tables = [word for name in TABLES for word in (f"--{name}", f"docs/examples/determine/{name}.csv")]
    words = ["determine", "--policy", "jiangxi-2011", "--year", "2011", *tables, "--out", str(tmp_path / "v.csv"), "--engine", "spark"]
    assert main([*words, "--spark-master", "spark://127.0.0.1:1"]) == 2
    assert (
        capsys.readouterr().err
        == "Spark at spark://127.0.0.1:1 failed: java.io.IOException: Failed to connect to /127.0.0.1:1; nothing was written.\n"
    )
    assert list(tmp_path.iterdir()) == []
