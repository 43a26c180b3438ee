"""`xingtan retain`, `export-of` and `research-extract`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from django.utils import timezone

from xingtan.config import retaining
from xingtan.domains.policies import api as policies
from xingtan.domains.supervision import api as supervision
from xingtan.foundation.disclosures import api as disclosures
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.refusal import Refused
from xingtan.foundation.words import refusal_sentence

from .screen import complain, say

BAD_INPUT = 2


def run(chosen: argparse.Namespace) -> int:
    """Do the named act."""
    acts: dict[str, Callable[[argparse.Namespace], int]] = {"retain": _retain, "export-of": _export_of, "research-extract": _research}
    return acts[chosen.command](chosen)


def _retain(chosen: argparse.Namespace) -> int:
    found = retaining.retain(timezone.now()) if chosen.delete else retaining.look(timezone.now())
    for name, count in found.items():
        say(f"{count:>9,}  {name}")
    if not found:
        say("Nothing has been kept longer than its time.")
    elif chosen.delete:
        say("Deleted; the counts stand in the audit log.")
    else:
        say("Nothing was deleted: this is what `xingtan retain --delete` would delete, and what the background deletes at night.")
    return 0


def _export_of(chosen: argparse.Namespace) -> int:
    if not chosen.file.is_file():
        complain(f"{chosen.file}: there is no such file")
        return BAD_INPUT
    found = disclosures.exports_found(chosen.file)
    if not found:
        complain(f"{chosen.file}: neither its digest nor a number in it is that of an export")
        return 1
    names = dict(Account.objects.filter(pk__in=[one.account_id for one in found]).values_list("pk", "name"))
    for one in found:
        at = timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M")
        person = names.get(one.account_id or 0, "")
        say(f"{disclosures.MARK}{one.number}  {at}  {person} ({one.role}, {one.organisation})  {one.name}  {one.rows or '?'} rows")
    return 0


def _research(chosen: argparse.Namespace) -> int:
    years = policies.years_for(OPERATOR).filter(year=chosen.year)
    years = years.filter(organisation__code=chosen.province) if chosen.province else years
    if len(years) != 1:
        complain(
            f"{chosen.year}: {len(years)} training years have this name; name the province with --province" if years else "no such year"
        )
        return BAD_INPUT
    chosen.to.mkdir(parents=True, exist_ok=True)
    branch = replace(OPERATOR, scope=years[0].organisation.scope)
    try:
        made = supervision.write_extract(actor=branch, training_year=years[0], k=chosen.k, folder=chosen.to, now=timezone.now())
    except Refused as refused:
        complain(refusal_sentence(refused))
        return BAD_INPUT
    table = made.table
    if chosen.format == "parquet":
        table = made.table.with_suffix(".parquet")
        import_module("polars").read_csv(made.table).write_parquet(table)
        made.table.unlink()
    for line in supervision.lines_of(made.manifest):
        say(line)
    say(f"{table} and manifest.json beside it.")
    return 0
