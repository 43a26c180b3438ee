"""The room's labels and refusals."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Duty, MemberKind, MemberState, Need, OfficeDuty, OfficeKind, PoolState, Standing, Team

TEAMS: Mapping[str, Promise] = {
    Team.EXPERTS: pgettext_lazy("team", "Experts"),
    Team.MENTORS: pgettext_lazy("team", "Mentors"),
    Team.TUTORS: pgettext_lazy("team", "Tutors"),
    Team.TECHNICAL: pgettext_lazy("team", "Technical staff"),
    Team.MANAGEMENT: pgettext_lazy("team", "Management"),
}
POOL_STATES: Mapping[str, Promise] = {
    PoolState.NOMINATED: pgettext_lazy("pool", "Nominated"),
    PoolState.APPROVED: pgettext_lazy("pool", "In the pool"),
    PoolState.REFUSED: pgettext_lazy("pool", "Refused"),
    PoolState.ENDED: pgettext_lazy("pool", "Ended"),
}
DUTIES: Mapping[str, Promise] = {
    Duty.PRINCIPAL: pgettext_lazy("cadre", "Principal"),
    Duty.DEPUTY: pgettext_lazy("cadre", "Deputy principal"),
    Duty.DEAN: pgettext_lazy("cadre", "Dean or head of department"),
    Duty.RESERVE: pgettext_lazy("cadre", "Reserve cadre"),
}
NEEDS: Mapping[str, Promise] = {
    Need.QUALIFYING: pgettext_lazy("need", "Qualifying training for the post"),
    Need.IMPROVING: pgettext_lazy("need", "Improving training"),
    Need.ADVANCED: pgettext_lazy("need", "Advanced seminar"),
    Need.THEMED: pgettext_lazy("need", "A theme"),
}
STANDINGS: Mapping[str, Promise] = {
    Standing.ADMITTED: pgettext_lazy("provider", "Admitted"),
    Standing.WATCHED: pgettext_lazy("provider", "Under observation"),
    Standing.SUSPENDED: pgettext_lazy("provider", "Suspended"),
    Standing.STRUCK: pgettext_lazy("provider", "Struck off"),
}
OFFICE_KINDS: Mapping[str, Promise] = {
    OfficeKind.CERTIFICATE_STATION: _("Certificate and registration station"),
    OfficeKind.QUALIFICATION_CENTRE: _("Qualification centre"),
    OfficeKind.PROJECT_OFFICE: _("Project office"),
    OfficeKind.LEADERSHIP: _("Leading group"),
    OfficeKind.EXPERT_PANEL: _("Expert group"),
}
OFFICE_DUTIES: Mapping[str, Promise] = {
    OfficeDuty.HEAD: pgettext_lazy("office", "Head"),
    OfficeDuty.DEPUTY: pgettext_lazy("office", "Deputy head"),
    OfficeDuty.MEMBER: pgettext_lazy("office", "Member"),
}
MEMBER_KINDS: Mapping[str, Promise] = {
    MemberKind.SCHOOL: pgettext_lazy("member", "School"),
    MemberKind.INDIVIDUAL: pgettext_lazy("member", "Individual"),
}
MEMBER_STATES: Mapping[str, Promise] = {
    MemberState.APPLIED: pgettext_lazy("member", "Waits for the county"),
    MemberState.APPROVED: pgettext_lazy("member", "Member"),
    MemberState.REFUSED: pgettext_lazy("member", "Refused"),
    MemberState.ENDED: pgettext_lazy("member", "Ended"),
}
CHIPS: Mapping[str, str] = {
    "nominated": "wait", "applied": "wait", "approved": "ok", "admitted": "ok", "watched": "act",
    "refused": "stop", "struck": "stop", "suspended": "stop", "ended": "plain",
}  # fmt: skip
REFUSALS: Mapping[str, Promise] = {
    "register_ends_before": _("The last day is before the first."),
    "register_needs_reason": _("Say why, in words."),
    "pool_wrong_state": _("This nomination was decided or ended in the meantime."),
    "pool_own_nomination": _("Nobody approves the own nomination: nominating and approving are two people."),
    "pool_twice": _("%(name)s of %(workplace)s is nominated for this team already, or in it."),
    "pool_office_unknown": _("The pool has to be one of your own office, of an office above it or of one in your branch."),
    "cadre_has_post": _("%(name)s holds a post already. End that first; a person holds one at a time."),
    "cadre_not_here": _("Nobody in post in your branch has this name or number, or several have. Give the identity number."),
    "provider_unknown": _("No training provider of your branch or of an office above has this name."),
    "side_office_twice": _("An office with this name stands already."),
    "side_office_has_head": _("It has a head already. End that first."),
    "side_office_ended": _("This office has ended."),
    "member_twice": _("An application of this name waits already, or was approved."),
    "member_county_full": _("This county has many open applications. Try again in some days, or call the county training centre."),
    "member_wrong_state": _("This application was decided in the meantime."),
}
MESSAGES: Mapping[str, Promise] = {
    "member_approved": _("You are a member now: %(county)s."),
    "member_refused": _("Your application as a member was refused by %(county)s. Reason: %(reason)s"),
}
