"""What providers say, what counts, why not: the same pages for a provider (its own) and for the offices (their branch)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.exchange import api as exchange
from xingtan.domains.projects import api as projects
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

NO_PROJECT = "-"
SHOWN = 12


@require_safe
@allowed(exchange.SEE_RECONCILIATION)
def reconciliation(request: Request) -> HttpResponse | FileResponse:
    """Every provider's records by project: said, counted, the difference."""
    rows = exchange.summaries(request.actor)
    if request.GET.get("export") == "xlsx":
        heads = [gettext("Training provider"), gettext("Project"), *_heads()]
        return workbook_response(
            gettext("reconciliation"), heads, ((str(one.provider), str(one.project or ""), *_cells(one.figures)) for one in rows)
        )
    total = {name: sum(one.figures[name] for one in rows) for name in ("said_s", "counted_s")}
    facts = {"rows": [(one, _share(one.figures), _main_reason(one.figures)) for one in rows], "total": total, "is_own": _is_own(request)}
    return render(request, "provider/reconciliation.html", facts)


def _is_own(request: Request) -> bool:
    return request.actor.may(exchange.DELIVER)


def _share(figures: Any) -> list[tuple[float, str]]:  # noqa: ANN401 -- a mapping of seconds
    """Counted, taken back by the provider itself, and everything else that does not count, as one bar."""
    whole = max(1, figures["said_s"])
    counted, replaced = 100 * figures["counted_s"] / whole, 100 * figures["lost_replaced"] / whole
    return [(counted, "#3f8f6b"), (replaced, "#cfd6dc"), (100 - counted - replaced if figures["said_s"] else 0, "#d9b36a")]


def _reasons(figures: Any) -> list[tuple[exchange.WhyNot, Any, int]]:  # noqa: ANN401 -- a mapping of seconds
    found = [(why, exchange.WHY_NOT[why], figures[f"lost_{why.value}"]) for why in exchange.WhyNot]
    return sorted((one for one in found if one[2]), key=lambda one: -one[2])


def _worded(reasons: Iterable[tuple[exchange.WhyNot, int]]) -> list[tuple[Any, int]]:
    """The reasons in words."""
    return [(exchange.WHY_NOT[why], seconds) for why, seconds in reasons]


def _main_reason(figures: Any) -> Any:  # noqa: ANN401 -- a mapping of seconds; a word or nothing
    return next((word for _why, word, _seconds in _reasons(figures)), "")


def _heads() -> list[str]:
    return [gettext("Said (s)"), gettext("Counted (s)"), *(str(exchange.WHY_NOT[why]) for why in exchange.WhyNot)]


def _cells(figures: Any) -> list[int]:  # noqa: ANN401 -- a mapping of seconds
    return [figures["said_s"], figures["counted_s"], *(figures[f"lost_{why.value}"] for why in exchange.WhyNot)]


def _project(request: Request, public_id: str) -> projects.Project | None:
    """The project that the address names, None for records of no project."""
    if public_id == NO_PROJECT:
        return None
    return exchange.project_named(public_id)


@require_safe
@allowed(exchange.SEE_RECONCILIATION)
def reconciled(request: Request, provider: str, project: str) -> HttpResponse | FileResponse:
    """One provider and project: the totals, the reasons, teacher by teacher, and what changed since the last kept report."""
    seen, named = exchange.seen_by(request.actor, provider), _project(request, project)
    people = exchange.by_teacher(seen, named.pk if named else None, only_lost=request.GET.get("show") == "lost")
    if request.GET.get("export") == "xlsx":
        return _people_workbook(people)
    figures = exchange.figures_of(seen, named.pk if named else None)
    facts: dict[str, Any] = {
        "seen": seen,
        "project": named,
        "slug": project,
        "figures": figures,
        "lost_s": figures["said_s"] - figures["counted_s"],
        "reasons": _reasons(figures),
        "share": _share(figures),
        "people": (shown := page_of(request, people)),
        "worded": [(one, _worded(one.reasons)) for one in shown.rows],
        "may_keep": request.actor.may(exchange.KEEP_REPORT),
        **(_since(seen, named) if named else {}),
    }
    return render(request, "provider/reconciled.html", facts)


def _since(seen: exchange.Seen, project: projects.Project) -> dict[str, Any]:
    """The last kept report and what changed after it."""
    last = exchange.last_report(seen, project.pk)
    if last is None:
        return {"last": None}
    then = exchange.figures_of(seen, project.pk, last.made_at)
    changed = exchange.differences(seen, project.pk, last.made_at)
    return {"last": last, "then": then, "changed": changed[:SHOWN], "changed_count": len(changed)}


def _people_workbook(people: list[exchange.TeacherSums]) -> FileResponse:
    heads = [gettext("Teacher"), gettext("School"), gettext("Records"), gettext("Said (s)"), gettext("Counted (s)"), gettext("Why not")]
    rows = (
        (one.name, one.school, one.claims, one.said_s, one.counted_s, "；".join(f"{exchange.WHY_NOT[why]} {s}" for why, s in one.reasons))
        for one in people
    )
    return workbook_response(gettext("reconciliation-teachers"), heads, rows)


@require_POST
@allowed(exchange.KEEP_REPORT)
def reconciled_keep(request: Request, provider: str, project: str) -> HttpResponse:
    """The report of now is kept, so that later ones can say what changed."""
    seen, named = exchange.seen_by(request.actor, provider), _project(request, project)
    if named is None:
        raise NotInScope("project")
    exchange.keep_report(actor=request.actor, provider_id=seen.provider.pk, project_id=named.pk, now=request.now)
    messages.success(request, gettext("Kept. From now on changes are counted from this report."))
    return redirect("provider:reconciled", provider=provider, project=project)


@require_safe
@allowed(exchange.SEE_RECONCILIATION)
def reconciled_lines(request: Request, provider: str, project: str) -> HttpResponse | FileResponse:
    """The records one by one, of one reason or teacher where asked, or as a workbook."""
    seen, named = exchange.seen_by(request.actor, provider), _project(request, project)
    asked = request.GET.get("why", "")
    why = exchange.WhyNot(asked) if asked in set(exchange.WhyNot) else None
    rows = exchange.lines(seen, named.pk if named else None, why=why, name=request.GET.get("q", ""))
    if request.GET.get("export") == "xlsx":
        return workbook_response(gettext("reconciliation-lines"), LINE_HEADS(), _line_cells(rows.iterator(2000)))
    page = page_of(request, rows)
    remarks = exchange.remarks_of([one.claim_id for one in page.rows])
    shown = [(one, _worded(exchange.reasons_of(one)), remarks.get(one.claim_id, ())) for one in page.rows]
    facts = {"seen": seen, "project": named, "slug": project, "page_of": page, "shown": shown, "why": why, "q": request.GET.get("q", "")}
    return render(request, "provider/reconciled_lines.html", facts | {"whys": list(exchange.WHY_NOT.items())})


def LINE_HEADS() -> list[str]:  # noqa: N802 -- a list of words, translated when it is asked for
    """The headings of the exported lines."""
    first = [gettext("Record number"), gettext("Teacher"), gettext("School"), gettext("Course or project"), gettext("Day")]
    return [*first, gettext("Said (s)"), gettext("Counted (s)"), gettext("Why not")]


def _line_cells(rows: Iterator[exchange.Judgement]) -> Iterator[list[object]]:
    for one in rows:
        claim = one.claim
        why = "；".join(f"{exchange.WHY_NOT[why]} {seconds}" for why, seconds in exchange.reasons_of(one))
        who = [claim.teacher.name if claim.teacher else "", str(claim.school or ""), str(claim.offer or claim.activity)]
        yield [claim.number, *who, claim.last_on, one.said_s, one.counted_s, why]


class CorrectForm(forms.Form):
    """A correction of one record."""

    seconds = forms.IntegerField(label=gettext_lazy("Right time in seconds (0 takes the record back)"), min_value=0, max_value=31_622_400)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200)


@require_safe
@allowed(exchange.SEE_RECONCILIATION)
def claim(request: Request, claim_id: int) -> HttpResponse:
    """One record: what it says, what counts, how that was judged over time, what the provider said to it."""
    return _claim(request, claim_id, CorrectForm())


def _claim(request: Request, claim_id: int, form: CorrectForm, refusal: str = "", status: int = 200) -> HttpResponse:
    line = exchange.line_seen(request.actor, claim_id)
    one = line.claim
    facts = {
        "line": line,
        "claim": one,
        "reasons": [(exchange.WHY_NOT[why], seconds) for why, seconds in exchange.reasons_of(line)],
        "history": [(row, [exchange.WHY_NOT[why] for why, _s in exchange.reasons_of(row)]) for row in exchange.history_of(claim_id)],
        "after": exchange.replaced_by(claim_id),
        "remarks": exchange.remarks_of([claim_id]).get(claim_id, ()),
        "times": exchange.moments_of(one),
        "channel": exchange.CHANNELS[exchange.Channel(one.delivery.channel)],
        "form": form,
        "refusal": refusal,
        "is_own": _is_own(request),
        "project_slug": one.offer.project.public_id if one.offer else NO_PROJECT,
    }
    return render(request, "provider/claim.html", facts, status=status)


@require_POST
@allowed(exchange.DELIVER)
def claim_remark(request: Request, claim_id: int) -> HttpResponse:
    """The provider's words stand at the line."""
    try:
        exchange.remark(actor=request.actor, claim_id=claim_id, text=request.POST.get("text", ""), now=request.now)
    except Refused as refused:
        return _claim(request, claim_id, CorrectForm(), refusal_sentence(refused), status=409)
    return redirect("provider:claim", claim_id=claim_id)


@require_POST
@allowed(exchange.DELIVER)
def claim_correct(request: Request, claim_id: int) -> HttpResponse:
    """A correction stands beside the record, which stays visible."""
    form = CorrectForm(request.POST)
    exchange.line_seen(request.actor, claim_id)
    if not form.is_valid():
        return _claim(request, claim_id, form, status=422)
    try:
        exchange.correct(actor=request.actor, claim_id=claim_id, now=request.now, **form.cleaned_data)
    except Refused as refused:
        return _claim(request, claim_id, form, refusal_sentence(refused), status=409)
    messages.success(request, gettext("The correction stands; the earlier record stays visible."))
    return redirect("provider:claim", claim_id=claim_id)
