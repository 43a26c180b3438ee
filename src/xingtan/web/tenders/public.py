"""Tenders as everybody reads them: the call, questions and answers, the result with its spread, never what is sealed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xingtan.domains.tenders import api as tenders
from xingtan.foundation.notices import api as notices
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.public.access import ANYONE

from . import words
from .shown import rank_rows


@require_safe
@allowed(ANYONE)
def tender_list(request: Request) -> HttpResponse:
    """Every call that was published."""
    page = page_of(request, tenders.public_tenders(q=request.GET.get("q", "").strip()[:80]))
    rows = [(one, words.CHIPS[one.state], words.STATES[one.state]) for one in page.rows]
    return render(request, "tenders/public_list.html", {"page_of": page, "rows": rows})


@require_safe
@allowed(ANYONE)
def tender(request: Request, pid: str) -> HttpResponse:
    """One call: what is wanted, by which criteria, in which window; after the announcement who was chosen."""
    found = tenders.public_tender(pid)
    facts = {
        "tender": found,
        "chip": words.CHIPS[found.state],
        "state": words.STATES[found.state],
        "criteria": tenders.criteria_of(found),
        "questions": tenders.questions_of(found, only_answered=True),
        "ranking": rank_rows(found, is_public=True),
        "notice": notices.standing_notice(tenders.NOTICE, found.pk),
        "holders": [(words.SIDES[tenders.Side(one.side)], one) for one in tenders.holders_of(found)],
        "contracts": [one for one in tenders.contracts_of(found) if one.state == tenders.ContractState.SIGNED],
    }
    return render(request, "tenders/public.html", facts)
