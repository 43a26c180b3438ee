"""What looks wrong in learned time: the queue, one case, the decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.anomalies import api as room
from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.anomalies import strip, trace_row
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.formats import clock
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

SORTS = {"found": "found_at", "kind": "kind", "people": "concern_count", "time": "seconds", "from": "first_on", "sure": "sureness"}
PANEL_TRACES, PAGE_TRACES = 6, 400
ACTS = {"ask": room.Act.ASK, "let_stand": room.Act.LET_STAND, "set_aside": room.Act.SET_ASIDE}
TAB_WORDS = {
    "look": gettext_lazy("To look at"),
    "asked": gettext_lazy("Teacher asked"),
    "appeal": gettext_lazy("Appeals"),
    "aside": gettext_lazy("Does not count"),
    "stands": gettext_lazy("Stands"),
}
FEW_NAMES = 1


class AppealForm(forms.Form):
    """The decision on an appeal, and why."""

    outcome = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("accept", gettext_lazy("Accepted: the time counts")), ("reject", gettext_lazy("Rejected: it stays as it is"))],
        coerce=lambda value: value == "accept",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("To the teacher, in words"), min_length=5, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


def filters_of(request: Request) -> room.Filters:
    """What the address wants of the queue; an unknown tab is the first."""
    wanted = {name: request.GET.get(name, "")[:60].strip() for name in ("kind", "sureness", "q", "school")}
    tab = request.GET.get("tab", "look")
    return room.Filters(tab=tab if tab in room.TABS else "look", **wanted)


@require_safe
@allowed(room.SEE_ANOMALIES)
def anomalies(request: Request) -> HttpResponseBase:
    """The branch's cases: searched, filtered, sorted, one beside the list, or all as a workbook."""
    return _queue(request)


def _queue(request: Request, *, error: str = "", status: int = 200) -> HttpResponseBase:
    filters = filters_of(request)
    found = room.cases_seen(request.actor, filters).order_by(*order_of(request, SORTS, "-found_at"))
    if request.GET.get("export") == "xlsx":
        return _workbook(request, found)
    page = page_of(request, found)
    people = room.with_concerns(page.rows, request.actor)
    rows = [row_of(case, people[case.pk]) for case in page.rows]
    wanted = request.GET.get("entry")
    current = next((row for row in rows if row["it"].public_id == wanted), rows[0] if rows else None)
    facts = {"current": current, "tab": filters.tab, **_may(request), **(panel_of(request, current) if current else {})}
    if "panel" in request.GET:
        return render(request, "bureau/anomaly_panel.html", facts)
    counts, (kinds, sureness) = room.tab_counts(request.actor), room.facets(request.actor, filters.tab)
    shown = {
        **facts,
        "tabs": [(name, word, counts[name]) for name, word in TAB_WORDS.items()],
        "kinds": [(one.value, word, kinds[one.value]) for one, word in room.KINDS.items() if kinds.get(one.value)],
        "sureness": [(one.value, word, sureness[one.value]) for one, (_chip, word) in room.SURENESS.items() if sureness.get(one.value)],
        "filters": filters,
        "rows": rows,
        "page_rows": page,
        "through": room.looked_through(),
        "limits": limit_rows(),
        "error": error,
    }
    return render(request, "bureau/anomalies.html", shown, status=status)


def _may(request: Request) -> dict[str, Any]:
    reasons = [(act.value, [(one.value, room.REASON_WORDS[one]) for one in room.REASONS[act]]) for act in room.REASONS]
    return {"may_decide": request.actor.may(room.DECIDE), "may_look": request.actor.may(room.LOOK), "reasons": dict(reasons)}


def row_of(case: room.Case, concerns: list[room.Concern]) -> dict[str, Any]:
    """A case as the list shows it: whom it concerns, from where, how it stands, how sure it is."""
    names = "、".join(one.teacher.name for one in concerns[:FEW_NAMES])
    schools = {one.school_id: str(one.school) for one in concerns}
    chip, word = room.SURENESS[room.Sureness(case.sureness)]
    return {
        "it": case,
        "kind": room.KINDS[room.Kind(case.kind)],
        "names": names,
        "more": max(len(concerns) - FEW_NAMES, 0),
        "school": next(iter(schools.values()), ""),
        "more_schools": len(schools) - 1,
        "sureness": (chip, word),
        "states": [(*room.STATES[state], count) for state, count in _states(concerns).items()],
        "concerns": concerns,
        "ids": [one.pk for one in concerns],
    }


def _states(concerns: list[room.Concern]) -> dict[room.State, int]:
    found: dict[room.State, int] = {}
    for one in concerns:
        found[room.State(one.state)] = found.get(room.State(one.state), 0) + 1
    return found


def panel_of(request: Request, row: dict[str, Any]) -> dict[str, Any]:
    """The chosen case beside the list: picture, sentences, a few pieces of evidence."""
    case, concerns = row["it"], row["concerns"]
    traces = room.traces_of(concerns, PANEL_TRACES)
    return {
        "strip": strip(case, concerns),
        "traces": [(one, trace_row(case.kind, trace)) for one in concerns for trace in traces[one.pk]],
        "is_undecided": any(room.State(one.state) in room.OPEN and one.state != room.State.APPEALED for one in concerns),
        "people": [(one, *room.STATES[room.State(one.state)]) for one in concerns[:8]],
    }


def limit_rows() -> list[tuple[object, str]]:
    """From where on something is shown, kind by kind, for whoever asks."""
    rules = room.limits()
    return [
        (
            room.KINDS[room.Kind.SHARED_DEVICE],
            _("%(n)s teachers on one device in a day, or two at the same time") % {"n": rules.device_teachers},
        ),
        (
            room.KINDS[room.Kind.AROUND_CLOCK],
            _("%(hours)s hours without a pause of %(rest_hours)s hours")
            % {"hours": rules.awake_s // 3600, "rest_hours": rules.rest_s // 3600},
        ),
        (
            room.KINDS[room.Kind.ONE_ADDRESS],
            _("%(n)s teachers who are not of the school whose address it is by the last four weeks") % {"n": rules.address_teachers},
        ),
        (room.KINDS[room.Kind.FAST_ANSWERS], _("more than %(n)s characters a second") % {"n": rules.characters_per_s}),
        (room.KINDS[room.Kind.REFUSED_BEATS], _("%(n)s refused signals of one reason in a day") % {"n": rules.refused_beats}),
        (room.KINDS[room.Kind.TWO_PLACES], _("two places for %(n)s minutes, or more hours than a day holds") % {"n": rules.clash_s // 60}),
    ]


def _workbook(request: Request, found: Any) -> HttpResponseBase:  # noqa: ANN401 -- a query set of the room
    headings = [
        _("Case"), _("What looks wrong"), _("How sure"), _("Teacher"), _("School"), _("State"), _("From"), _("To"), _("Learned time"),
        _("Set aside"), _("Reason"),
    ]  # fmt: skip
    cases = list(found)
    people = room.with_concerns(cases, request.actor)
    every = [one for case in cases for one in people[case.pk]]
    asides = room.asides_of(every)
    by_case = {case.pk: case for case in cases}

    def line(one: room.Concern) -> tuple[object, ...]:
        case = by_case[one.case_id]
        reason = room.REASON_WORDS[room.Reason(one.reason_code)] if one.reason_code else ""
        aside = sum(row.seconds for row in asides[one.pk])
        return (
            case.public_id, room.KINDS[room.Kind(case.kind)], room.SURENESS[room.Sureness(case.sureness)][1], one.teacher.name, one.school,
            room.STATES[room.State(one.state)][1], case.first_on, case.last_on, clock(one.seconds), clock(aside), reason,
        )  # fmt: skip

    return workbook_response(_("Anomalies"), headings, map(line, every))


@require_safe
@allowed(room.SEE_ANOMALIES)
def anomaly(request: Request, pid: str) -> HttpResponse:
    """One case with all of its evidence, its people, its trail, and what may be done now."""
    return _one(request, pid)


def _one(request: Request, pid: str, *, error: str = "", status: int = 200, form: AppealForm | None = None) -> HttpResponse:
    case = room.case_seen(request.actor, pid)
    concerns = room.with_concerns([case], request.actor)[case.pk]
    traces, asides = room.traces_of(concerns, PAGE_TRACES), room.asides_of(concerns)
    people = [_person(request, case, one, traces[one.pk], asides[one.pk]) for one in concerns]
    shown = {
        **row_of(case, concerns),
        **_may(request),
        "strip": strip(case, concerns),
        "people": people,
        "is_undecided": any(room.State(one.state) in room.OPEN and one.state != room.State.APPEALED for one in concerns),
        "may_move": any(one["may_move"] for one in people),
        "trail": _trail(concerns),
        "form": form or AppealForm(),
        "error": error,
    }
    return render(request, "bureau/anomaly.html", shown, status=status)


def _person(request: Request, case: room.Case, one: room.Concern, traces: list[room.Trace], asides: list[room.Aside]) -> dict[str, Any]:
    state = room.State(one.state)
    return {
        "it": one,
        "state": room.STATES[state],
        "traces": [trace_row(case.kind, trace) for trace in traces],
        "aside_s": sum(row.seconds for row in asides),
        "reason": room.REASON_WORDS[room.Reason(one.reason_code)] if one.reason_code else "",
        "may_move": request.actor.may(room.DECIDE) and bool({*room.MOVES[state]} & set(ACTS.values())),
        "may_appeal": state is room.State.APPEALED
        and request.actor.may(room.DECIDE_APPEAL)
        and one.appeal_to_id == request.actor.organisation_id
        and one.decided_by_id != request.actor.account_id,
    }


def _trail(concerns: list[room.Concern]) -> list[tuple[object, room.Deed, str, object]]:
    deeds = room.deeds_of(concerns)
    names = dict(Account.objects.filter(pk__in={one.account_id for one in deeds if one.account_id}).values_list("pk", "name"))
    return [
        (
            room.ACTS[room.Act(one.act)],
            one,
            names.get(one.account_id or 0, ""),
            room.REASON_WORDS[room.Reason(one.reason_code)] if one.reason_code else "",
        )
        for one in deeds
    ]


@require_POST
@allowed(room.DECIDE)
def decide(request: Request) -> HttpResponseBase:
    """The ticked cases, or the ticked people of one case, stand as decided."""
    one, act = request.POST.get("one", ""), ACTS.get(request.POST.get("outcome", ""), room.Act.LET_STAND)
    traces = frozenset(int(pk) for pk in request.POST.getlist("traces") if pk.isdigit())
    reason, words = request.POST.get("reason_code", ""), request.POST.get("words", "")[:1000]
    decision = room.Decision(act, "" if act is room.Act.ASK else reason, words, traces)
    try:
        done = room.decide(actor=request.actor, concern_ids=_concern_ids(request, one, act), decision=decision, now=request.now)
    except Refused as refused:
        told = refusal_sentence(refused)
        return _one(request, one, error=told, status=409) if one else _queue(request, error=told, status=409)
    messages.success(request, ngettext("Decided for %(n)s teacher.", "Decided for %(n)s teachers.", done) % {"n": done})
    if one:
        return redirect("bureau:anomaly", one)
    return redirect(f"{reverse('bureau:anomalies')}?{request.GET.urlencode()}")


def _concern_ids(request: Request, one: str, act: room.Act) -> list[int]:
    """Of one case the ticked people, of the queue everybody in the ticked cases with whom this act is possible."""
    if one:
        case = room.case_seen(request.actor, one)
        ticked = {int(pk) for pk in request.POST.getlist("concerns") if pk.isdigit()}
        held = room.with_concerns([case], request.actor)[case.pk]
        return [concern.pk for concern in held if concern.pk in ticked]
    wanted = set(request.POST.getlist("ids")[:500])
    cases = list(room.cases_seen(request.actor).filter(public_id__in=wanted))
    if len(cases) != len(wanted):
        raise NotInScope
    held = [concern for own in room.with_concerns(cases, request.actor).values() for concern in own]
    return [concern.pk for concern in held if act in room.MOVES[room.State(concern.state)] and concern.state != room.State.SET_ASIDE]


@require_POST
@allowed(room.DECIDE_APPEAL)
def decide_appeal(request: Request, pid: str, concern_id: int) -> HttpResponse:
    """The appeal of one teacher is decided."""
    case, form = room.case_seen(request.actor, pid), AppealForm(request.POST)
    if not form.is_valid():
        return _one(request, pid, status=422, form=form)
    ids = {one.pk for one in room.with_concerns([case], request.actor)[case.pk]}
    try:
        room.decide_appeal(
            actor=request.actor,
            concern_id=concern_id if concern_id in ids else 0,
            is_accepted=form.cleaned_data["outcome"],
            words=form.cleaned_data["words"],
            now=request.now,
        )
    except Refused as refused:
        return _one(request, pid, error=refusal_sentence(refused), status=409, form=form)
    messages.success(request, _("The appeal is decided and the teacher is told."))
    return redirect("bureau:anomaly", pid)


@require_POST
@allowed(room.LOOK)
def look(request: Request) -> HttpResponse:
    """The look begins now instead of at night."""
    return redirect("public:job", room.start_look(actor=request.actor, now=request.now).public_id)
