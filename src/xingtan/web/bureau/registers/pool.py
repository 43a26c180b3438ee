"""The trainer pool: who is in it, nominating, deciding; experts against trainees."""

from __future__ import annotations

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.domains.registers import api as door
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.words import refusal_sentence

from .forms import NominationForm
from .lists import Listed, Register, answer, tabs


def _shown(one: door.PoolMember) -> Listed:
    cells = (one.name, one.workplace, str(door.TEAMS[one.team]), str(one.office), one.duties, one.competence, one.from_on, one.to_on)
    tick = one.public_id if one.state in (door.PoolState.NOMINATED, door.PoolState.APPROVED) else ""
    return Listed(cells, door.POOL_STATES[one.state], door.CHIPS[one.state], tick=tick)


POOL = Register(
    name="registers",
    columns=(
        ("name", gettext_lazy("Name")),
        ("workplace", gettext_lazy("School or office")),
        ("team", gettext_lazy("Team")),
        ("office", gettext_lazy("Whose pool")),
        ("", gettext_lazy("Duties")),
        ("", gettext_lazy("Competence")),
        ("from", gettext_lazy("First day")),
        ("to", gettext_lazy("Last day")),
    ),
    shown=_shown,
    orders={"name": "name", "workplace": "workplace", "team": "team", "office": "office__path", "from": "from_on", "to": "to_on"},
    order="office__path",
    states=door.POOL_STATES,
    add=("pool_nominate", gettext_lazy("Nominate"), door.NOMINATE),
    decide=("pool_decide", door.DECIDE_POOL),
    why_empty=gettext_lazy("Schools and offices nominate, the office whose pool it is approves."),
)


@require_safe
@allowed(door.SEE_REGISTERS)
def pool(request: Request) -> HttpResponseBase:
    """The branch's pools, and whom the branch nominated to those above."""
    return _list(request)


def _list(request: Request, *, error: str = "", status: int = 200) -> HttpResponseBase:
    found = door.pool_in(request.actor.scope, request.GET.get("q", "").strip())
    if (team := request.GET.get("team", "")) in door.TEAMS:
        found = found.filter(team=team)
    facets = [("team", gettext_lazy("Every team"), list(door.TEAMS.items()), request.GET.get("team", ""))]
    return answer(request, POOL, found, facets=facets, error=error, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.NOMINATE)
def nominate(request: Request) -> HttpResponseBase:
    """The form; sent, the nomination waits for the pool's office."""
    offices = door.pools_for(request.actor)
    form = NominationForm(request.POST or None, offices=offices, initial={"from_on": request.today})
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            door.nominate(actor=request.actor, office_id=told.pop("office_id"), wanted=door.Nomination(**told), now=request.now)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
            status = 409
        else:
            messages.success(request, _("Nominated; the office whose pool it is decides."))
            return redirect("bureau:registers")
    shown = {"form": form, "title": _("Nominate for the trainer pool"), "back": "bureau:registers", "submit": _("Nominate")}
    return render(request, "bureau/register_form.html", shown, status=status)


@require_POST
@allowed(door.DECIDE_POOL)
def decide(request: Request) -> HttpResponseBase:
    """The ticked people are in the pool, refused, or out of it, as the button says."""
    pids, outcome = request.POST.getlist("ids")[:200], request.POST.get("outcome", "")
    reason = request.POST.get("reason", "")[:200]
    ids = list(door.pool_in(request.actor.scope).filter(public_id__in=pids).values_list("pk", flat=True))
    try:
        if outcome == "ended":
            done = len([door.end_in_pool(actor=request.actor, member_id=pk, reason=reason, now=request.now) for pk in ids])
        else:
            is_approved = outcome == "approved"
            done = door.decide_nominations(actor=request.actor, ids=ids, is_approved=is_approved, reason=reason, now=request.now)
    except Refused as refused:
        return _list(request, error=refusal_sentence(refused), status=409)
    messages.success(request, ngettext("%(n)s person decided.", "%(n)s people decided.", done) % {"n": done})
    return redirect("bureau:registers")


@require_safe
@allowed(door.SEE_REGISTERS)
def ratios(request: Request) -> HttpResponseBase:
    """What 1 : 500 and 1 : 30 ask for, office by office, and what is missing."""
    rows = door.ratios_in(request.actor.scope, request.today)
    if request.GET.get("export") == "xlsx":
        heads = [_("Office"), _("Trainees"), _("One expert for"), _("Experts asked for"), _("Experts in the pool"), _("Missing")]
        cells = ((str(o), r.trainees, r.per, r.needed, r.held, r.missing, *(t.get(one, 0) for one in door.TEAMS)) for o, r, t in rows)
        return workbook_response(_("Experts and trainees"), [*heads, *(str(word) for word in door.TEAMS.values())], cells)
    if request.GET.get("missing"):
        rows = [row for row in rows if row.ratio.missing]
    shown = {
        "tabs": tabs(request, "ratios"),
        "rows": [(row.office, row.ratio, [row.teams.get(team, 0) for team in door.TEAMS]) for row in rows],
        "teams": door.TEAMS.values(),
        "lacking": sum(1 for row in rows if row.ratio.missing),
    }
    return render(request, "bureau/ratios.html", shown)
