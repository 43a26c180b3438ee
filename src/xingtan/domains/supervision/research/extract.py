"""An extract of one training year: verdicts and whole hours of people whom nobody can tell apart from at least k - 1 others."""

from __future__ import annotations

import csv
import hmac
import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from xingtan.core.anonymity import Anonymous, anonymise, smallest_class
from xingtan.core.calendar import local_day
from xingtan.domains.determination import api as determination
from xingtan.domains.policies import api as policies
from xingtan.domains.supervision.access import RESEARCH
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

from .ladders import COLUMNS, RUNGS, others, region_of, regions, service_of

MEASURES = ("verdict", "required_hours", "learned_hours", "recognised_hours", "verified_hours")
LEAST_K, MOST_K = 5, 1000
CENTI = 100
FACTS = ("school__path", "school__is_rural", "teacher__hired_on", "teacher__stage", "teacher__subject", "teacher__title")
AMOUNTS = ("verdict", "required_centi", "learned_centi", "recognised_centi", "verified_centi")


class Extract(NamedTuple):
    """What was written: the table's file, and the manifest that says what was made coarser."""

    table: Path
    manifest: dict[str, Any]


Tell = Callable[[int, int], None]


def write_extract(
    *, actor: Actor, training_year: policies.TrainingYear, k: int, folder: Path, now: datetime, tell: Tell = lambda _done, _total: None
) -> Extract:
    """`data.csv` and `manifest.json` stand in the folder, and the act in the audit log.

    No name, number or id of ours is in them: people have marks that are drawn anew for every extract, in an order that says nothing.
    """
    require(actor, RESEARCH)
    if not LEAST_K <= k <= MOST_K:
        raise Refused("research_k_range", least=LEAST_K, most=MOST_K)
    day, known = local_day(now), regions()
    people, ladders, amounts = [], [], []
    for teacher_id, facts, found in _rows(actor, training_year):
        path, is_rural, hired_on, stage, subject, title = facts
        people.append(teacher_id)
        ladders.append((region_of(path, known), service_of(hired_on, day), *others(stage, subject, title, is_rural=is_rural)))
        amounts.append((found[0], *(centi // CENTI for centi in found[1:])))
        if len(people) % 5_000 == 0:
            tell(len(people), len(people) * 2)
    made = anonymise(ladders, k=k)
    table = folder / "data.csv"
    _write(table, made, people, amounts)
    manifest = _manifest(made, training_year, k, now)
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    _note(actor, manifest, now)
    return Extract(table, manifest)


def _rows(actor: Actor, training_year: policies.TrainingYear) -> Iterator[tuple[int, tuple[Any, ...], tuple[Any, ...]]]:
    found = determination.determinations_in(actor.scope, training_year.pk)
    rows = found.order_by("pk").values_list("teacher_id", *FACTS, *AMOUNTS).iterator(chunk_size=5_000)
    for pk, *rest in rows:
        yield pk, tuple(rest[: len(FACTS)]), tuple(rest[len(FACTS) :])


def _write(table: Path, made: Anonymous, people: list[int], amounts: list[tuple[Any, ...]]) -> None:
    key = secrets.token_bytes(32)  # drawn for this extract and kept nowhere
    marked = [(hmac.digest(key, str(people[place]).encode(), "sha256").hex()[:16], place, values) for place, values in made.rows]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["person", *COLUMNS, *MEASURES])
        writer.writerows([mark, *values, *amounts[place]] for mark, place, values in sorted(marked))


def _manifest(made: Anonymous, training_year: policies.TrainingYear, k: int, now: datetime) -> dict[str, Any]:
    return {
        "what": "verdicts and hours of one training year, without names",
        "year": training_year.year,
        "made_at": now.isoformat(timespec="minutes"),
        "k": k,
        "smallest_class": smallest_class([values for _place, values in made.rows]),
        "rows": len(made.rows),
        "left_out": made.left_out,
        "generalised": {column: RUNGS[column][rung] for column, rung in zip(COLUMNS, made.rungs or (0,) * len(COLUMNS), strict=True)},
        "hours": "whole hours, rounded down",
        "person": "a mark drawn anew for this extract; it does not join two extracts",
        "not_promised": "k-anonymity hides who a row is; where all of a class share a verdict, the verdict of the class is told",
    }


@atomic
def _note(actor: Actor, manifest: dict[str, Any], now: datetime) -> None:
    detail = {key: manifest[key] for key in ("year", "k", "rows", "left_out", "generalised")}
    record(actor, "supervision.research_extracted", "training_year", [], now=now, detail=detail)


def lines_of(manifest: dict[str, Any]) -> Iterable[str]:
    """The manifest as lines for people."""
    coarser = ", ".join(f"{column}: {rung}" for column, rung in manifest["generalised"].items())
    return (f"k = {manifest['k']}, {manifest['rows']} people, {manifest['left_out']} left out", coarser)
