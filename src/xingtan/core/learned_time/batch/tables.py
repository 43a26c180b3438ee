"""Tables of beats and openings as others keep them, CSV or Parquet, read into the layout; and what was learned, written as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import polars as pl

from xingtan.core.determination.tables.flaws import Flaw, Flaws, shown
from xingtan.core.determination.tables.written import replacing
from xingtan.core.learned_time.batch.layout import BEATS, MOST_S, OPENINGS
from xingtan.core.learned_time.batch.stored import StoredBeats
from xingtan.core.learned_time.step import BeatRules

ENDINGS: Final = (".csv", ".parquet")
EXPECTED: Final = {
    pl.Boolean(): "true or false (1 or 0)",
    pl.Date(): "a day as 2026-09-01",
    pl.String(): "a text",
}
WHOLE: Final = "a whole number"
Schema: TypeAlias = Mapping[str, pl.DataType]
LEFT_OUT: Final[dict[str, int | bool | str]] = {
    "rate_centi": 100,
    "is_visible": True,
    "is_active": True,
    "is_present": False,
    "rules": "",
    "is_effort": False,
}
OPENINGS_GIVEN: Final = {**OPENINGS, "is_effort": pl.Boolean()}


class Given(NamedTuple):
    """The files of the two tables, and the rules by which openings count that do not say their own: of media, of documents and exercises."""

    openings: Sequence[Path]
    beats: Sequence[Path]
    of_media: BeatRules = BeatRules()
    of_effort: BeatRules = BeatRules()


def read_tables(given: Given, folder: Path) -> StoredBeats:
    """The tables as Parquet in the folder, in their types and order; raises `TablesRefused` with every flaw, files and lines named."""
    flaws = Flaws()
    openings = _read(given.openings, OPENINGS_GIVEN, folder / "openings", flaws)
    beats = _read(given.beats, BEATS, folder / "beats", flaws)
    flaws.refuse()
    _fill(openings, given)
    _look(openings, flaws)
    flaws.refuse()
    return StoredBeats(openings, beats)


def _read(files: Sequence[Path], schema: Schema, folder: Path, flaws: Flaws) -> list[Path]:
    """Each file in the layout, beside each other in the order in which they were named."""
    folder.mkdir()
    found = []
    for number, file in enumerate(files):
        is_csv = file.suffix.lower() == ".csv"
        try:
            table = pl.scan_csv(file, infer_schema=False) if is_csv else pl.scan_parquet(file)
            names = table.collect_schema().names()
        except (OSError, pl.exceptions.PolarsError) as problem:
            flaws.add([Flaw(str(file), 0, "", str(problem).splitlines()[0], "a table that can be read")])
            continue
        if missing := [name for name in schema if name not in names and name not in LEFT_OUT]:
            flaws.add(Flaw(str(file), 0, name, "nothing", "this column") for name in missing)
            continue
        is_ready = schema is BEATS and not is_csv and all(table.collect_schema().get(name) == kind for name, kind in schema.items())
        place = file if is_ready else folder / f"{number:05}.parquet"
        if not is_ready:
            _typed(table, schema, names).sink_parquet(place, compression="lz4", row_group_size=250_000)
        _note(file, table, place, schema, flaws)
        found.append(place)
    return found


def _typed(table: pl.LazyFrame, schema: Schema, names: Sequence[str]) -> pl.LazyFrame:
    """The columns in their types; what does not fit is null."""
    return table.select(
        (_cast(name, kind, table) if name in names else pl.lit(LEFT_OUT[name], kind)).alias(name) for name, kind in schema.items()
    )


def _cast(name: str, kind: pl.DataType, table: pl.LazyFrame) -> pl.Expr:
    column = pl.col(name)
    if table.collect_schema()[name] != pl.String():
        return column.cast(kind, strict=False)
    text = column.str.strip_chars()
    if kind == pl.Boolean():
        return text.str.to_lowercase().replace_strict(
            {"true": True, "1": True, "false": False, "0": False}, default=None, return_dtype=pl.Boolean
        )
    typed = text.str.to_date("%Y-%m-%d", strict=False) if kind == pl.Date() else text.cast(kind, strict=False)
    return typed if name not in LEFT_OUT or name == "rules" else typed.fill_null(pl.lit(LEFT_OUT[name], kind))


def _note(file: Path, table: pl.LazyFrame, place: Path, schema: Schema, flaws: Flaws) -> None:
    """Every value that did not fit its column, or is missing where one must be."""
    typed = pl.scan_parquet(place)
    empty = typed.select(pl.col(name).null_count() for name in schema if name != "rules").collect().row(0, named=True)
    for name, count in empty.items():
        if not count:
            continue
        lines = typed.with_row_index("line").filter(pl.col(name).is_null()).select("line").head(flaws.room).collect()["line"].to_list()
        given = table.select(name).with_row_index("line").filter(pl.col("line").is_in(lines)).collect()[name].cast(pl.String)
        expected = EXPECTED.get(schema[name], WHOLE)
        found = [Flaw(str(file), line + 2, name, shown(value), expected) for line, value in zip(lines, given, strict=True)]
        flaws.add(found, count)


def _fill(openings: Sequence[Path], given: Given) -> None:
    """Openings without rules of their own have those of their kind."""
    for place in openings:
        own = pl.when(pl.col("is_effort")).then(pl.lit(str(list(given.of_effort)))).otherwise(pl.lit(str(list(given.of_media))))
        rules = pl.when(pl.col("rules").fill_null("") == "").then(own).otherwise("rules")
        pl.read_parquet(place).with_columns(rules=rules).drop("is_effort").write_parquet(place)


def _look(openings: Sequence[Path], flaws: Flaws) -> None:
    """What no program could count by: a session that stands twice, a length that nothing has, rules that are none."""
    table = pl.scan_parquet(list(openings)).collect()
    for session in table.filter(pl.col("session").is_duplicated())["session"].unique().sort():
        flaws.add([Flaw("openings", 0, "session", shown(session), "each session once")])
    for length in table.filter(~pl.col("length_s").is_between(0, MOST_S))["length_s"].unique().sort():
        flaws.add([Flaw("openings", 0, "length_s", str(length), f"seconds from 0 to {MOST_S}")])
    for text in table["rules"].unique().sort():
        if rules_of(text) is None:
            expected = f"{len(BeatRules._fields)} whole numbers in brackets: {', '.join(BeatRules._fields)}"
            flaws.add([Flaw("openings", 0, "rules", shown(text), expected)])


def rules_of(text: str) -> BeatRules | None:
    """The rules that a text of whole numbers in brackets says, or None."""
    numbers = text.strip().removeprefix("[").removesuffix("]").split(",")
    try:
        return BeatRules(*map(int, numbers)) if len(numbers) == len(BeatRules._fields) else None
    except ValueError:
        return None


def write_table(path: Path, parts: Iterable[pl.DataFrame]) -> int:
    """The rows stand in the file, Parquet or CSV by its ending, whole or not at all; how many."""
    whole = pl.concat(parts)
    with replacing(path) as target:
        whole.write_parquet(target) if path.suffix.lower() == ".parquet" else whole.write_csv(target)
    return whole.height
