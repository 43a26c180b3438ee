"""The worked examples as files of `xingtan determine`: the very tables that the documentation shows give the very verdicts."""

from __future__ import annotations

import csv

import pytest

from xingtan.cli import parser
from xingtan.config.commands.determine import run
from xingtan.core.determination.tables.layout import REQUIRED, TABLES
from xingtan.core.policy.examples import bundled_examples

PACKS = ("jiangxi-2011", "dawa-2008", "zibo-2011", "jiangxi-it-2014", "jiangxi-credit-2018")


def written(folder, examples):
    """The tables of all examples as CSV files, each with the columns that any of them has; and the options that name them."""
    options = []
    for name in TABLES:
        tables = [one.tables[name] for one in examples if name in one.tables]
        columns = list(dict.fromkeys([*(column for table in tables for column in table.columns), *sorted(REQUIRED[name])]))
        file = folder / f"{name}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            rows = csv.DictWriter(out, columns, restval="")
            rows.writeheader()
            rows.writerows(row for table in tables for row in table.records())
        options += [f"--{name}", str(file)]
    return options


@pytest.mark.parametrize(("pack", "years"), sorted({(pack, one.years) for pack in PACKS for one in bundled_examples(pack)}))
def test_the_files_of_a_packs_examples_give_their_verdicts(pack, years, tmp_path, capsys):
    examples, out = [one for one in bundled_examples(pack) if one.years == years], tmp_path / "verdicts.csv"
    span = ["--cycle"] if len(years) > 1 else ["--year", str(years[0])]
    on = f"{years[-1] + 2}-07-01"
    said = ["determine", "--policy", pack, *span, "--on", on, *written(tmp_path, examples), "--out", str(out)]
    code = run(parser().parse_args(said))
    assert code == 0, capsys.readouterr().err
    with out.open(encoding="utf-8", newline="") as content:
        found = {(row["teacher_id"], row["year"]): row for row in csv.DictReader(content)}
    for example in examples:
        wanted = example.tables["verdicts"]
        kept = [tuple(found[row["teacher_id"], row["year"]][name] for name in wanted.columns) for row in wanted.records()]
        assert (example.code, kept) == (example.code, list(wanted.rows))
