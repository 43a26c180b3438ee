"""Batches with their printed sheets, and the study handbook that goes along."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from xingtan.core.calendar import WindowKind
from xingtan.core.units import format_hours
from xingtan.domains.cards import api as cards
from xingtan.domains.certificates import api as certificates
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.paper import pdf_response
from xingtan.web.parts.tables import page_of

from .tabs import page, year_of

HERE = "bureau:card_batches"
ON_A_SHEET = 10
IN_A_FILE = 300


@require_safe
@allowed(cards.SEE_BATCHES)
def batches(request: Request) -> HttpResponse:
    """The branch's batches of the year."""
    year = year_of(request)
    found = cards.batches_in(request.actor.scope, year.pk)
    if text := request.GET.get("q", "").strip():
        found = found.filter(county__name__contains=text)
    listed = page_of(request, found)
    return page(request, "batches", HERE, {"year": year, "list": listed, "may_issue": request.actor.may(cards.ISSUE_BATCHES)})


@require_safe
@allowed(cards.SEE_BATCHES)
def batch(request: Request, pid: str) -> HttpResponse:
    """One batch: how many of its cards stand where, and its sheets to print."""
    one = cards.batch_in(request.actor.scope, pid)
    held = cards.cards_in(request.actor.scope, one.training_year_id).filter(batch=one)
    counts = dict.fromkeys(cards.CardState, 0)
    for value in held.values_list("state", flat=True):
        counts[cards.CardState(value)] += 1
    shown = [(state, cards.STATES[state], cards.CHIPS[state], n) for state, n in counts.items() if n]
    parts = [(part, part * IN_A_FILE + 1, min(one.count, (part + 1) * IN_A_FILE)) for part in range(-(-one.count // IN_A_FILE))]
    facts = {"batch": one, "year": one.training_year, "counts": shown, "parts": parts, "may_print": request.actor.may(cards.SEND_ON)}
    return page(request, "batch", HERE, facts)


@require_safe
@allowed(cards.SEND_ON)
def sheets(request: Request, pid: str) -> HttpResponse:
    """Three hundred cards on thirty sheets of A4, to be cut; that they were printed is in the audit log."""
    one = cards.batch_in(request.actor.scope, pid)
    wanted = request.GET.get("part", "0")
    part = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 0
    numbers = cards.numbers_of(one)[part * IN_A_FILE : (part + 1) * IN_A_FILE]
    if not numbers:
        raise NotInScope
    record(
        request.actor, "cards.sheets_printed", "card_batch", [one.pk], now=request.now, detail={"first": numbers[0], "last": numbers[-1]}
    )
    address = f"{settings.PUBLIC_URL}{reverse('public:card_sign_in')}"
    data = {
        "title": f"{one.training_year.year} 学年学习卡", "county": one.county.name, "hours": one.hours_centi, "until": one.expires_on.isoformat(),
        "address": address, "qr": certificates.qr_svg(address), "cards": [_spaced(number) for number in numbers],
    }  # fmt: skip
    return pdf_response(f"{one.county.name} {numbers[0]}–{numbers[-1]}", certificates.set_sheet("cards", data))


def _spaced(number: str) -> str:
    """The number as people read it aloud: four digits at a time."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


@require_safe
@allowed(cards.SEE_CARDS)
def handbook(request: Request) -> HttpResponse:
    """The study handbook of the year, as its policy says it."""
    year = year_of(request)
    title = f"{year.year} 学年学习手册"
    return pdf_response(title, certificates.set_sheet("handbook", {"title": title, **_handbook(year)}))


def _handbook(year: policies.TrainingYear) -> dict[str, object]:
    rules = enrolment.year_rules(year)
    windows = [
        [str(policies.WINDOW_LABELS[kind]), window.opens_on.isoformat(), window.closes_on.isoformat()]
        for kind, window in sorted(rules.windows.items(), key=lambda item: item[1].opens_on)
        if kind
        in (WindowKind.SELECTION, WindowKind.PAYMENT, WindowKind.STUDY, WindowKind.HANDING_IN, WindowKind.EXAM, WindowKind.OBJECTIONS)
    ]
    required = rules.required(rules.default_item(first_year=False), first_year=False)
    parts = [[_component(rules, code), format_hours(centi)] for code, centi in required.items()]
    order = [str(ENTRY[step.value]) for step in rules.policy.entry.order if step.value in ENTRY]
    sign_in = f"{settings.PUBLIC_URL}{reverse('public:card_sign_in')}"
    total = format_hours(sum(required.values()))
    return {"organisation": str(year.organisation), "windows": windows, "parts": parts, "total": total, "order": order, "address": sign_in}


def _component(rules: enrolment.YearRules, code: str) -> str:
    found = next((one for one in rules.policy.components if one.code == code), None)
    return found.label.zh if found else code


ENTRY = {
    "selection": "选学",
    "confirmation": "学校确认",
    "payment": "学校缴费",
    "registration": "统一注册",
    "card": "领取并激活学习卡",
    "study": "凭卡学习",
}
