"""`xingtan cards`: numbers for the printer, cards that are over, and whether every trail agrees."""

from __future__ import annotations

import argparse
import csv
import sys

from django.utils import timezone

from xingtan.domains.cards import api as cards

from .screen import complain, say

BAD_INPUT = 2


def run(chosen: argparse.Namespace) -> int:
    """Write a batch's numbers, expire what is due, or check; 1 when something disagrees, 2 when there is no such batch."""
    return {"numbers": _numbers, "expire": _expire, "check": _check}[chosen.act](chosen)


def _numbers(chosen: argparse.Namespace) -> int:
    batch = cards.CardBatch.everywhere.filter(public_id=chosen.batch).select_related("county").first()
    if batch is None:
        complain(f"{chosen.batch}: there is no such batch")
        return BAD_INPUT
    sheet = csv.writer(sys.stdout)
    sheet.writerow(["number", "county", "hours", "until"])
    for number in cards.numbers_of(batch):
        sheet.writerow([number, batch.county.name, f"{batch.hours_centi / 100:.2f}", batch.expires_on.isoformat()])
    return 0


def _expire(_chosen: argparse.Namespace) -> int:
    total = 0
    while count := cards.expire_due(timezone.now()):
        total += count
    say(f"{total} cards expired")
    return 0


def _check(_chosen: argparse.Namespace) -> int:
    wrong = list(cards.check_cards())
    for line in wrong:
        say(line)
    say(f"{len(wrong)} cards disagree with their trail or their right")
    return 1 if wrong else 0
