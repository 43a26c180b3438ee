"""A school asks a county to become a member, without an account; the receipt tells later what came of it."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xingtan.domains.registers import api as door
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.bureau.registers.forms import SchoolMemberForm
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.APPLY_FOR_SCHOOL)
def member_apply(request: Request) -> HttpResponseBase:
    """The form; sent, the application waits for the county and the receipt is shown."""
    form = SchoolMemberForm(request.POST or None, counties=door.counties())
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        address = str(request.META.get("REMOTE_ADDR", ""))
        try:
            made = door.apply_for_school(actor=request.actor, address=address, now=request.now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
            status = 409
        else:
            return redirect("public:member_receipt", made.public_id)
    return render(request, "public/member.html", {"form": form, "submit": _("Apply")}, status=status)


@require_safe
@allowed(door.APPLY_FOR_SCHOOL)
def member_receipt(request: Request, receipt: str) -> HttpResponseBase:
    """What came of the application with this receipt; neither contact nor phone is shown."""
    found = door.membership_by_receipt(receipt)
    if found is None or found.kind != door.MemberKind.SCHOOL:
        raise NotInScope
    shown = {"it": found, "state": door.MEMBER_STATES[found.state], "chip": door.CHIPS[found.state]}
    return render(request, "public/member_receipt.html", shown)
