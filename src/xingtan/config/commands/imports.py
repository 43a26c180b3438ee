"""`xingtan import-roster`, `import-opening`, `determine` and `office`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from tqdm import tqdm

from xingtan.core.calendar import local_day
from xingtan.domains.credits import api as credits_room
from xingtan.domains.rosters import api as rosters
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.files.store import chunks_of, keep_file, open_file
from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.jobs.run import run_job
from xingtan.foundation.people.accounts import open_office_account
from xingtan.foundation.people.grants import give_role
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import OPERATOR, Actor, Role
from xingtan.foundation.people.sign_in import activation_code
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.web.words import refusal_sentence

from .branch import operator_within
from .determine_year import run_year
from .progress import shown
from .screen import complain, say

BAD_INPUT = 2


def run(chosen: argparse.Namespace) -> int:
    """Do the named work; 2 for bad input, with every error, nothing half done."""
    acts: dict[str, Callable[[argparse.Namespace], int]] = {
        "import-roster": _roster,
        "import-opening": _opening,
        "determine": _determine,
        "office": _office,
    }
    try:
        return acts[chosen.command](chosen)
    except Refused as refused:
        complain(refusal_sentence(refused))
        return BAD_INPUT
    except LookupError as unknown:
        complain(f"{unknown}: there is no such organisation, year or role")
        return BAD_INPUT


def _is_there(file: Path) -> bool:
    if not file.is_file():
        complain(f"{file}: there is no such file")
    return file.is_file()


def _roster(chosen: argparse.Namespace) -> int:
    if chosen.undo:
        told = {"organisation": chosen.within, "reason": chosen.reason, "now": timezone.now()}
        with shown() as tell:
            return rosters.undo_roster_command(chosen.undo, **told, say=tqdm.write, tell=tell)
    if chosen.file is None:
        complain("name a file, or an import to undo")
        return BAD_INPUT
    if not _is_there(chosen.file):
        return BAD_INPUT
    if chosen.dry_run:
        with shown() as tell:
            _layout, plan = rosters.preview_roster(actor=_actor(chosen.within), path=chosen.file, now=timezone.now(), tell=tell)
        say("  ".join(f"{state}: {count}" for state, count in plan.counts.items()))
        return 0
    with shown() as tell:
        return rosters.import_roster_command(
            chosen.file, organisation=chosen.within, good_only=chosen.good_only, now=timezone.now(), say=tqdm.write, tell=tell
        )


def _actor(code: str) -> Actor:
    """The operator, within the branch of this code when one is named."""
    actor = operator_within(code)
    if actor is None:
        raise LookupError(code)
    return actor


def _organisation(code: str) -> Organisation:
    found: Organisation | None = Organisation.everywhere.filter(code=code).first()
    if found is None:
        raise LookupError(code)
    return found


def _opening(chosen: argparse.Namespace) -> int:
    if not _is_there(chosen.file):
        return BAD_INPUT
    actor, now = _actor(chosen.within), timezone.now()
    with chosen.file.open("rb") as content:
        kept = keep_file(chunks_of(content), kind="opening", name=chosen.file.name, media_type=XLSX, actor=actor, now=now)
    job = run_job(Job.everywhere.create(**_job_of(actor, kept.pk), created_at=now).pk)
    if job.state != State.DONE:
        complain(refusal_sentence(Refused(job.result.get("refusal", "job_failed"), **job.result.get("params", {}))))
        if job.report_file and chosen.report:
            with open_file(job.report_file) as report:
                chosen.report.write_bytes(report.read())
            complain(f"Mend the rows in {chosen.report} and hand it in again; nothing was entered.")
        return BAD_INPUT
    say("  ".join(f"{name}: {value}" for name, value in job.result.items()))
    return 0


def _job_of(actor: Actor, file_id: int) -> dict[str, object]:
    branch = {"account_id": None, "role": actor.role.value, "organisation_id": actor.organisation_id}
    branch |= {"first": actor.scope.first, "beyond": actor.scope.beyond}
    return {"kind": credits_room.IMPORT_OPENING_JOB, "organisation_id": actor.organisation_id, "actor": branch, "input_file_id": file_id}


def _determine(chosen: argparse.Namespace) -> int:
    return run_year(chosen, _actor(chosen.within))


def _office(chosen: argparse.Namespace) -> int:
    now = timezone.now()
    if chosen.role not in set(Role):
        raise LookupError(chosen.role)
    account = Account.objects.filter(login=chosen.login).first()
    if account is None:
        account = open_office_account(actor=OPERATOR, login=chosen.login, name=chosen.name, now=now)
    organisation = _organisation(chosen.organisation)
    give_role(
        actor=OPERATOR, account_id=account.pk, role=Role(chosen.role), organisation_id=organisation.pk, from_on=local_day(now), now=now
    )
    code = activation_code(account)
    say(f"{account.login} is {chosen.role} of {organisation.name}." + (f" To activate with the code {code}" if code else ""))
    return 0
