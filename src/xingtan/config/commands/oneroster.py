"""`xingtan oneroster`: a branch as a bundle, or another system's service as one."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from django.utils import timezone
from tqdm import tqdm

from xingtan.connectors.oneroster import NotTold, RosterService, pull
from xingtan.domains.rosters import api as rosters
from xingtan.foundation.refusal import Refused
from xingtan.web.words import refusal_sentence

from .branch import operator_within
from .screen import complain, say

BAD_INPUT = 2


def run(chosen: argparse.Namespace) -> int:
    """Write the bundle; 2 when the branch is unknown or the service did not tell, and then there is no file."""
    fresh = chosen.file.with_suffix(chosen.file.suffix + ".part")
    try:
        said = (_pull if chosen.act == "pull" else _export)(chosen, fresh)
    except Refused as refused:
        complain(refusal_sentence(refused))
    except (NotTold, LookupError) as failed:
        complain(str(failed))
    else:
        fresh.replace(chosen.file)
        say(f"{chosen.file}: {said}")
        return 0
    fresh.unlink(missing_ok=True)
    return BAD_INPUT


def _export(chosen: argparse.Namespace, fresh: Path) -> str:
    actor = operator_within(chosen.within)
    if actor is None:
        raise LookupError(f"{chosen.within}: there is no such organisation")
    with fresh.open("wb") as file:
        return f"{rosters.export_bundle(file, actor=actor, now=timezone.now(), number_reason=chosen.with_numbers)} people"


def _pull(chosen: argparse.Namespace, fresh: Path) -> str:
    secret = os.environ.get(chosen.secret_in, "")
    if not secret or not chosen.address or not chosen.token_address:
        raise LookupError(f"pull needs --address, --token-address and the secret in the environment as {chosen.secret_in}")
    since = datetime.fromisoformat(chosen.since).replace(tzinfo=UTC) if chosen.since else None
    service = RosterService(chosen.address, chosen.token_address, chosen.client_id, secret)
    with tqdm(desc="asking", leave=False), fresh.open("wb") as file:
        told = pull(service, file, at=timezone.now(), since=since)
    return f"{told.orgs} organisations, {told.people} people; bring them in with `xingtan import-roster {chosen.file}`"
