"""The public check: what a number or a code is worth at this moment, proved anew every time."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from xingtan.core.verdicts import Verdict
from xingtan.domains.determination import api as determination_room
from xingtan.foundation.keys import verify_signature
from xingtan.foundation.ledger.digests import line_digest, root_from_path

from .models import Certificate, CertificatePage, IssueRun
from .queries import YearPage, newest_by_year, page_by_number_or_code, pages_of, years_of
from .rules import masked_name, typed
from .states import Found, PageState
from .words import NO_PAGE, PAGE_CHIPS, PAGE_STATES, PROOF_VALUES, PROOFS, REVOKE_REASONS, WHY_NOT_FOUND

LOG = logging.getLogger(__name__)
CHUNK = 1_000
SIDES = {"l": "left", "r": "right"}
EXPLAINS_ITSELF = ("number_malformed", "code_malformed", "check_digit_wrong")


def broken_proofs(page: CertificatePage, run: IssueRun) -> list[str]:
    """What of the page's proof does not hold: content, path to the root, signature of the root; nothing when all is as issued."""
    root = root_from_path(page.digest, [(SIDES[step[0]], step[1:]) for step in page.path])
    holds = {
        "digest": line_digest(page.frozen) == page.digest and page.frozen.get("check_code") == page.check_code,
        "path": root == run.root,
        "signature": verify_signature(run.message(), run.signature),
    }
    return [name for name, is_met in holds.items() if not is_met]


def altered_pages() -> Iterator[tuple[str, list[str]]]:
    """Every page, whatever its state, that does not agree with its signed run: its public id and what of its proof fails."""
    rows = CertificatePage.everywhere.select_related("run").only("public_id", "check_code", "frozen", "digest", "path", "run")
    for page in rows.order_by("pk").iterator(chunk_size=CHUNK):
        if broken := broken_proofs(page, page.run):
            yield page.public_id, broken


def check_result(text: str, *, now: datetime) -> Mapping[str, Any]:
    """The answer to whoever checks: `state`, the reason, and what may be shown to anyone; the name is masked, there is no identity number."""
    asked = typed(text)
    found = page_by_number_or_code(text)
    if found is None:
        return {"state": Found.NOT_FOUND, "why": str(WHY_NOT_FOUND[asked.why]) if asked.why in EXPLAINS_ITSELF else "", "checked_at": now}
    certificate, named = found
    pages = pages_of(certificate.pk)
    newest = newest_by_year(pages)
    page = next(one for one in pages if one.pk == named.pk) if named else _focus(list(newest.values()))
    broken = _broken([page] if named else list(newest.values()))
    if broken:  # what was altered is not shown: it may say anything
        why = str(WHY_NOT_FOUND["altered"])
        return {"state": Found.UNAVAILABLE, "why": why, "is_altered": True, "proofs": _proofs(page, broken), "checked_at": now}
    return {
        **_state(page, newest, is_whole=named is None),
        **_shown(page, certificate),
        "years": [_year(one, page) for one in years_of(certificate, pages)],
        "proofs": _proofs(page, broken),
        "revoked": _revoked(page, newest) if page.state == PageState.REVOKED else None,
        "checked_at": now,
    }


def _focus(pages: Sequence[CertificatePage]) -> CertificatePage:
    """Of a whole certificate the page that decides: one that was revoked and not replaced, else the newest."""
    revoked = [page for page in pages if page.state == PageState.REVOKED]
    return (revoked or list(pages))[-1]


def _broken(pages: Collection[CertificatePage]) -> set[str]:
    broken = set()
    for page in pages:
        if faults := broken_proofs(page, page.run):
            LOG.error("certificate page %s does not agree with its signature: %s", page.pk, ", ".join(faults))
            broken.update(faults)
    return broken


def _state(page: CertificatePage, newest: Mapping[int, CertificatePage], *, is_whole: bool) -> dict[str, Any]:
    others = [one for one in newest.values() if one.state == PageState.VALID]
    if is_whole and page.state == PageState.REVOKED and others:
        return {"state": Found.REVOKED, "why": str(WHY_NOT_FOUND["part_revoked"]) % {"year": page.training_year.year}}
    return {"state": Found(page.state), "why": ""}


def _in_language(pair: Mapping[str, Any], key: str = "") -> str:
    return str(pair[f"{key}_en" if key else "en"] if (get_language() or "").startswith("en") else pair[key or "zh"])


def _shown(page: CertificatePage, certificate: Certificate) -> dict[str, Any]:
    frozen = page.frozen
    return {
        "title": _in_language(frozen["title"]),
        "number": certificate.number,
        "joined_into": certificate.joined_into.number if certificate.joined_into else "",
        "holder": masked_name(frozen["name"]),
        "school": _in_language(frozen["school"]),
        "cycle": f"{certificate.cycle_first}—{certificate.cycle_last + 1}",
        "issuer": _in_language(frozen["issuer"]),
        "required_centi": frozen["required"],
        "year": page.training_year.year,
        "code": page.check_code,
    }


def _year(one: YearPage, asked: CertificatePage) -> dict[str, Any]:
    row: dict[str, Any] = {
        "year": one.year,
        "hours_centi": None,
        "required_centi": None,
        "kind": "plain",
        "word": NO_PAGE,
        "is_asked": False,
    }
    if one.page is None:
        return row
    frozen = one.page.frozen
    is_valid = one.page.state == PageState.VALID
    verdict = Verdict(frozen["verdict"])
    kind, word = (determination_room.VERDICT_CHIPS[verdict], determination_room.VERDICTS[verdict]) if is_valid else (
        PAGE_CHIPS[one.page.state], PAGE_STATES[one.page.state])  # fmt: skip
    return row | {
        "hours_centi": frozen["recognised"] if is_valid else None,
        "required_centi": frozen["required"],
        "kind": kind,
        "word": word,
        "is_asked": one.year == asked.training_year.year,
    }


def _proofs(page: CertificatePage, broken: Collection[str]) -> list[dict[str, Any]]:
    issued = timezone.localtime(page.issued_at).strftime("%Y-%m-%d")
    short = {
        "known": str(PROOF_VALUES["since"]) % {"day": issued},
        "digest": f"{page.digest[:4]}…{page.digest[-4:]}",
        "path": f"{page.run.root[:4]}…{page.run.root[-4:]}",
        "signature": page.run.signature.partition(".")[0],
    }
    rows = [_proof(name, name not in broken, value) for name, value in short.items()]
    ended = "" if page.ended_at is None else timezone.localtime(page.ended_at).strftime("%Y-%m-%d")
    said = str(PROOF_VALUES["ended"]) % {"day": ended} if ended else str(PROOF_VALUES["asked"])
    return [*rows, _proof("standing", page.state != PageState.REVOKED, said)]


def _proof(name: str, is_met: bool, value: str) -> dict[str, Any]:  # noqa: FBT001 -- whether it is met is the fact itself
    broken = str(PROOF_VALUES["broken"])
    return {"is_met": is_met, "label": PROOFS[name], "value": value if is_met or name == "standing" else broken}


def _revoked(page: CertificatePage, newest: Mapping[int, CertificatePage]) -> dict[str, Any]:
    """Since when, by whom, why, and whether another page has taken its place."""
    later = newest[page.training_year.year]
    return {
        "at": page.ended_at,
        "by": str(page.ended_in) if page.ended_in else _in_language(page.frozen["issuer"]),
        "reason": REVOKE_REASONS[page.end_reason],
        "year": page.training_year.year,
        "replacement": later.certificate.number if later.pk != page.pk and later.state == PageState.VALID else "",
    }
