"""A teacher asks the county to become an individual member."""

from __future__ import annotations

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xingtan.domains.registers import api as door
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.bureau.registers.forms import PersonMemberForm
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.APPLY)
def member(request: Request) -> HttpResponseBase:
    """The own application and where it stands, or the form; sent, it waits for the county."""
    form = PersonMemberForm(request.POST or None)
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        try:
            door.apply_as_individual(actor=request.actor, now=request.now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
            status = 409
        else:
            messages.success(request, _("Your application waits for the county training centre."))
            return redirect("trainee:member")
    own = door.own_membership(request.actor.teacher_id or 0)
    is_open = own is None or own.state in (door.MemberState.REFUSED, door.MemberState.ENDED)
    told = {"it": own, "state": door.MEMBER_STATES[own.state], "chip": door.CHIPS[own.state]} if own else {}
    return render(request, "trainee/member.html", {**told, "form": form if is_open else None, "submit": _("Apply")}, status=status)
