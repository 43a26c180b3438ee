"""`xingtan determine` over tables: what it needs, what it refuses, what it leaves behind."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from xingtan.cli import main
from xingtan.config.commands import determine
from xingtan.core.determination.tables.layout import TABLES, VERDICTS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs/examples/determine"
OLD = "what stood here before\n"


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    """Exit code and texts of the command over the example's tables, with these options instead of its own (None: without)."""
    monkeypatch.chdir(tmp_path)

    def act(**options):
        given = {name: EXAMPLES / f"{name}.csv" for name in TABLES} | {
            "policy": "jiangxi-2011",
            "year": 2011,
            "on": "2012-07-01",
            "out": "v.csv",
        }
        words = ["determine"]
        for name, value in (given | options).items():
            flag = f"--{name.replace('_', '-')}"
            words += [] if value is None else [flag] if value is True else [flag, str(value)]
        code = main(words)
        return code, *capsys.readouterr()

    return act


def test_it_needs_no_settings_no_home_and_no_database(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XINGTAN_", "DJANGO_"))}
    script = "import sys; from xingtan.cli import main; code = main(); assert 'xingtan.config.settings' not in sys.modules; sys.exit(code)"
    tables = [word for name in TABLES for word in (f"--{name}", str(EXAMPLES / f"{name}.csv"))]
    words = ["determine", "--policy", "jiangxi-2011", "--year", "2011", *tables, "--out", "v.csv"]
    environment = kept | {"XINGTAN_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["v.csv"]


def test_the_same_tables_give_the_same_bytes_whatever_the_order_of_their_rows(said, tmp_path):
    assert said()[0] == 0
    first = Path("v.csv").read_bytes()
    for name in TABLES:
        head, *rows = (EXAMPLES / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (tmp_path / f"{name}.csv").write_text(head + "".join(reversed(rows)), encoding="utf-8")
    assert said(**{name: tmp_path / f"{name}.csv" for name in TABLES})[0] == 0
    assert Path("v.csv").read_bytes() == first


def test_parquet_in_and_out_says_the_same(said, tmp_path):
    said()
    for name in TABLES:
        pl.read_csv(EXAMPLES / f"{name}.csv", infer_schema=False).write_parquet(tmp_path / f"{name}.parquet")
    code, *_ = said(**{name: f"{name}.parquet" for name in TABLES}, out="v.parquet")
    assert code == 0
    text, typed = pl.read_csv("v.csv", infer_schema=False), pl.read_parquet("v.parquet")
    assert typed.columns == text.columns == [*VERDICTS, "course", "workshop"]
    assert typed["recognised"].to_list() == [Decimal(amount) for amount in text["recognised"]]
    assert typed.cast(pl.String).rows() == text.fill_null("").rows()


def test_a_cycle_gives_every_teacher_one_more_row_the_last(said):
    code, out, err = said(year=None, cycle=True, on="2016-07-01")
    assert (code, err) == (0, "")
    years = pl.read_csv("v.csv", infer_schema=False).group_by("teacher_id", maintain_order=True).agg("year")
    assert all(row == [*map(str, range(2011, 2016)), "cycle"] for row in years["year"].to_list())
    assert "42 verdicts of 7 teachers" in out


def test_years_that_no_table_names_are_said(said):
    _, _, err = said(year=2013, cycle=True, on="2016-07-01", activities=_only(2013), results=_only(2013, "results"))
    assert "No table names 2011, 2012" in err


def _only(year, name="activities"):
    rows = pl.read_csv(EXAMPLES / f"{name}.csv", infer_schema=False).filter(pl.col("year") == "2011").with_columns(year=pl.lit(str(year)))
    rows.write_csv(f"{name}.csv")
    return f"{name}.csv"


def test_the_summary_names_the_rules_the_files_and_the_counts(said):
    assert said(summary="s.json")[0] == 0
    summary = json.loads(Path("s.json").read_text(encoding="utf-8"))
    assert summary["policy"]["code"] == "jiangxi-2011"
    assert summary["verdicts"]["2011"]["qualified"] == 2
    assert summary["rows"] == {"teachers": 7, "activities": 10, "results": 6, "facts": 1}
    assert summary["files"]["out"]["sha256"] == hashlib.sha256(Path("v.csv").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"policy": None}, "also give --policy"),
        ({"out": None}, "also give --out"),
        ({"results": None}, "also give --results"),
        ({"year": None}, "--year 2011, or --cycle"),
        ({"within": "360781"}, "--within and --dry-run are for the database"),
        ({"dry_run": True}, "--within and --dry-run are for the database"),
        ({"teachers": "t.xlsx"}, "t.xlsx: a table's name ends in .csv or .parquet"),
        ({"out": "v.txt"}, "v.txt: a table's name ends in .csv or .parquet"),
        ({"out": EXAMPLES / "facts.csv"}, "facts.csv: would be written over"),
        ({"summary": "v.csv"}, "v.csv: would be written over"),
        ({"policy": "jiangxi-2012"}, "jiangxi-2012: there is no such pack or file"),
        ({"policy": "rules.toml"}, "rules.toml: there is no such pack or file"),
        ({"activities": EXAMPLES / "mistaken.csv"}, "5 errors; nothing was written."),
        ({"activities": "gone.csv"}, "gone.csv: found"),
        ({"explain": "T99"}, "T99: the table of teachers does not name this one"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(said, options, says):
    if options.get("out") != EXAMPLES / "facts.csv":
        Path("v.csv").write_text(OLD, encoding="utf-8")
    before = {path.name: path.read_bytes() for path in (*Path().iterdir(), *EXAMPLES.iterdir())}
    code, out, err = said(**options)
    assert (code, out) == (2, "")
    assert says in err
    assert {path.name: path.read_bytes() for path in (*Path().iterdir(), *EXAMPLES.iterdir())} == before


def test_a_pack_that_is_not_well_is_refused_with_its_lines(said, tmp_path):
    (tmp_path / "rules.toml").write_text('extends = "jiangxi-2011"\ncode = "own"\nversion = "one"\n', encoding="utf-8")
    code, _, err = said(policy="rules.toml")
    assert code == 2
    assert err.startswith("rules.toml:3: version: found 'one'")


def test_a_folder_that_cannot_be_written_to_is_said(said):
    code, _, err = said(out="no/such/folder/v.csv")
    assert code == 2
    assert "nothing was written" in err


def test_an_interruption_while_writing_leaves_the_old_file(said, monkeypatch):
    Path("v.csv").write_text(OLD, encoding="utf-8")

    def broken(task, evidence):
        yield from ()
        raise OSError(28, "No space left on device", "v.csv")

    monkeypatch.setattr(determine, "on_polars", broken)
    code, _, err = said()
    assert (code, err) == (2, "v.csv: No space left on device; nothing was written.\n")
    assert [path.name for path in Path().iterdir()] == ["v.csv"]
    assert Path("v.csv").read_text(encoding="utf-8") == OLD


def test_spark_that_is_not_there_is_named_with_what_to_install(said, monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name="pyspark")

    monkeypatch.setattr(determine, "import_module", missing)
    code, _, err = said(engine="spark")
    assert code == 2
    assert "there is no module pyspark" in err
    assert "bootstrap.py spark" in err


def test_the_manual_defines_every_column_of_every_table(capsys):
    with pytest.raises(SystemExit):
        main(["determine", "--help"])
    manual = capsys.readouterr().out
    for name, columns in {**TABLES, "verdicts": VERDICTS}.items():
        part = manual.partition(f"\n{name.upper()}\n")[2]
        for column, text in columns.items():
            assert any(line.startswith(f"  {column}") for line in part.splitlines()), (name, column)
            assert " ".join(text.split()[:5]) in manual


def test_of_two_engines_only_the_named_ones_are_taken(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["determine", "--engine", "abacus"])
    assert ended.value.code == 2
    assert "polars" in capsys.readouterr().err


@pytest.mark.parametrize("kind", [pl.String, pl.Int64, pl.Null])
def test_tables_without_a_row_are_tables(said, tmp_path, kind):
    """As the archive of a year in which nobody sat a test has them."""
    empty = {}
    for name in ("activities", "results", "facts"):
        empty[name] = tmp_path / f"{name}.parquet"
        pl.DataFrame(schema=dict.fromkeys(TABLES[name], kind)).write_parquet(empty[name])
    code, _, told = said(**empty)
    assert (code, told) == (0, "")
    verdicts = pl.read_csv(tmp_path / "v.csv")
    assert set(verdicts["verdict"]) <= {"make_up_required", "undetermined"}
