"""`xingtan deliver`: a provider's file of learning records, whole or not at all."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from django.db.models import Q
from django.utils import timezone

from xingtan.domains.exchange import api as exchange
from xingtan.foundation.files.sheets import media_type_of
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.web.words import refusal_sentence

from .progress import shown
from .screen import complain, say

BAD_INPUT = 2
MOST_SAID = 1_000


def run(chosen: argparse.Namespace) -> int:
    """Deliver the file, or say what it would bring; 2 for bad input, with every row that is wrong, nothing half done."""
    providers = list(Organisation.everywhere.filter(Q(public_id=chosen.provider) | Q(code=chosen.provider) | Q(name=chosen.provider)))
    provider = next((one for one in providers if one.kind == Kind.PROVIDER), None)
    if provider is None:
        complain(f"{chosen.provider}: there is no such training provider")
        return BAD_INPUT
    if not chosen.file.is_file():
        complain(f"{chosen.file}: there is no such file")
        return BAD_INPUT
    try:
        with shown() as tell:
            looked = _do(chosen, exchange.acting_for(provider, "command"), tell)
    except exchange.RowsToMend as refused:
        return _wrong(chosen, refused.looked)
    except Refused as refused:
        complain(refusal_sentence(refused))
        return BAD_INPUT
    return _wrong(chosen, looked) if looked.wrong else _right(looked)


def _do(chosen: argparse.Namespace, actor: Actor, tell: Callable[[int, int], None]) -> exchange.Looked:
    now = timezone.now()
    if chosen.dry_run:
        return exchange.look_at(actor=actor, path=chosen.file, now=now, tell=tell)
    name = chosen.file.name
    with chosen.file.open("rb") as content:
        kept = keep_file(chunks_of(content), kind="learning_records", name=name, media_type=media_type_of(name), actor=actor, now=now)
    parcel = exchange.Parcel(exchange.Channel.COMMAND, name, kept.pk)
    return exchange.deliver_file(actor=actor, path=chosen.file, parcel=parcel, now=now, tell=tell)


def _wrong(chosen: argparse.Namespace, looked: exchange.Looked) -> int:
    for line in looked.wrong[:MOST_SAID]:
        complain(f"{chosen.file}:{line.typed.place}: {exchange.problem_words(line)}")
    complain(f"{len(looked.wrong)} of {len(looked.lines)} rows are to be mended; nothing was delivered.")
    if chosen.report:
        exchange.write_mending(chosen.report, looked.wrong)
        complain(f"Mend the rows in {chosen.report}.")
    return BAD_INPUT


def _right(looked: exchange.Looked) -> int:
    done = looked.delivered
    if done:
        say(f"new: {done.new}  known: {done.known}  seconds: {done.said_s}  counted: {done.counted_s}")
        for why, seconds in done.lost.items():
            say(f"  {seconds} s do not count: {exchange.WHY_NOT[why]}")
    return 0
