"""Office holders of the branch: who holds which role where; giving a role, ending one."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.foundation.db import atomic
from xingtan.foundation.entrance.codes import renew_code
from xingtan.foundation.people.access import CONFIRM_ROLES
from xingtan.foundation.people.accounts import open_office_account
from xingtan.foundation.people.confirming import confirm_roles
from xingtan.foundation.people.grants import GIVE_ROLES, ROLES_AT, end_role, give_role, office_holders
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.reach import reaches
from xingtan.foundation.people.roles import Role
from xingtan.foundation.people.sign_in import account_named, activation_code
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.days import day_field
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence, role_word

GIVEN = sorted(frozenset().union(*ROLES_AT.values()))
OFFERED = 400
YEARLY = timedelta(days=365)


def role_choices() -> list[tuple[str, str]]:
    """Every role that is given here, with its word in the reader's language."""
    return [(role.value, role_word(role)) for role in GIVEN]


class RoleForm(forms.Form):
    """Who shall hold which role where: someone who has an account, or a name for whom one is opened."""

    organisation = forms.CharField(
        label=gettext_lazy("School or office"), max_length=120, widget=forms.TextInput(attrs={"list": "organisations"})
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=role_choices)
    identity = forms.CharField(label=gettext_lazy("Sign-in name, identity number or phone"), max_length=40)
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Only for someone new; an account is opened under the sign-in name."),
    )
    from_on = day_field(gettext_lazy("First day"), required=False)
    to_on = day_field(gettext_lazy("Last day"), required=False)
    to_on.help_text = gettext_lazy("Empty: until it is ended.")


@require_safe
@allowed(GIVE_ROLES)
def people(request: Request) -> HttpResponse:
    """The office holders of the branch, found by name or organisation."""
    return _page(request, RoleForm())


@require_POST
@allowed(GIVE_ROLES)
def give(request: Request) -> HttpResponse:
    """The role is given; someone without an account gets one, and the code to activate it is shown this once."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        code = _give(request, form)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, form, status=409)
    if code:  # on this answer only: what travels in a cookie lies in logs and caches
        return _page(request, RoleForm(), opened=form.cleaned_data["identity"], code=code)
    messages.success(request, _("The role is given."))
    return redirect("bureau:people")


@require_POST
@allowed(GIVE_ROLES)
def renew(request: Request, grant_id: int) -> HttpResponse:
    """The account that waits to be activated has a new code, shown this once; the lost one opens nothing."""
    account, code = renew_code(actor=request.actor, grant_id=grant_id, now=request.now)
    return _page(request, RoleForm(), opened=account.login, code=code)


@atomic
def _give(request: Request, form: RoleForm) -> str:
    """The role is given and, where needed, its account opened: both or neither; returns the code of an account opened here, else ""."""
    told = form.cleaned_data
    place = Organisation.objects.within(request.actor.scope).filter(Q(name=told["organisation"]) | Q(code=told["organisation"]))[:2]
    if len(place) != 1:
        raise Refused("organisation_unknown", found=told["organisation"])
    account, is_new = new_account_or_known(request, told["identity"], told["name"])
    give_role(
        actor=request.actor, account_id=account.pk, role=Role(told["role"]), organisation_id=place[0].pk,
        from_on=max(told["from_on"] or request.today, request.today), to_on=told["to_on"], now=request.now,
    )  # fmt: skip
    return activation_code(account) if is_new else ""


def new_account_or_known(request: Request, identity: str, name: str) -> tuple[Account, bool]:
    """The branch's account that this names, or a new one (True) with the name; somebody of another branch is nobody.

    Raises `Refused("account_unknown")` for nobody without a name.
    """
    account = account_named(identity)
    if account and reaches(request.actor, account.pk, now=request.now):
        return account, False
    if not name.strip():
        raise Refused("account_unknown")
    return open_office_account(actor=request.actor, login=identity, name=name.strip(), now=request.now), True


@require_http_methods(["POST"])
@allowed(GIVE_ROLES)
def end(request: Request, grant_id: int) -> HttpResponse:
    """The role ends; the account stays."""
    end_role(actor=request.actor, grant_id=grant_id, now=request.now)
    messages.success(request, _("The role has ended."))
    return redirect("bureau:people")


def _row(grant: Grant, request: Request) -> dict[str, object]:
    return {
        "grant": grant,
        "role": role_word(Role(grant.role)),
        "is_own": grant.account_id == request.actor.account_id,
        "is_later": grant.from_on > request.today,
        "is_due": grant.confirmed_on is None or grant.confirmed_on < request.today - YEARLY,
    }


@require_POST
@allowed(CONFIRM_ROLES)
def confirm(request: Request) -> HttpResponse:
    """The ticked roles are confirmed as still right, which is due once a year."""
    wanted = [int(value) for value in request.POST.getlist("grant") if value.isascii() and value.isdigit() and len(value) < 19]
    number = confirm_roles(actor=request.actor, grant_ids=wanted, now=request.now)
    messages.success(request, _("Roles confirmed: %(number)s.") % {"number": number})
    return redirect("bureau:people")


def _page(request: Request, form: RoleForm, *, status: int = 200, opened: str = "", code: str = "") -> HttpResponse:
    held = office_holders(request.actor.scope, request.today, with_later=True)
    if typed := request.GET.get("q", "").strip():
        held = held.filter(Q(account__name__contains=typed) | Q(organisation__name__contains=typed) | Q(account__login=typed))
    page = page_of(request, held)
    rows = [_row(grant, request) for grant in page.rows]
    names = Organisation.objects.within(request.actor.scope).order_by("path").values_list("name", flat=True)[:OFFERED]
    facts = {"form": form, "page_of": page, "rows": rows, "names": names, "opened": opened, "code": code}
    answer = render(request, "bureau/people.html", facts, status=status)
    if code:
        answer["Cache-Control"] = "private, no-store"
    return answer
