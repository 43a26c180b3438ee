"""Why an act on applications, rounds and bulk nominations is refused, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, Promise] = {
    "admission_wrong_state": _("Some of these applications are in another state by now. Look again, then decide."),
    "admission_stands": _("%(count)s of these teachers have an application for this project already."),
    "admission_steps_wrong": _("At most two levels approve, the lower one first."),
    "admission_rule_unknown": _("There is no rule “%(rule)s” to trim by."),
    "admission_project_not_open": _("The project takes nobody in now: it is not published, or closed."),
    "admission_way_closed": _("The project does not take people in this way."),
    "admission_not_open": _("Applications open on %(day)s."),
    "admission_closed": _("Applications closed on %(day)s."),
    "admission_category_unknown": _("The project has no such category of seats."),
    "admission_not_rural": _("These seats are for rural schools; %(count)s of these teachers are not at one."),
    "admission_conditions": _("%(count)s of these teachers do not meet the project's conditions. Look at the reasons beside each."),
    "admission_no_debt": _("You owe no earlier year, so there is nothing to make up."),
    "admission_needs_reason": _("Say why, in words."),
    "admission_several_projects": _("Choose applications of one project at a time."),
    "admission_others_turn": _("It is another level's turn to decide on these."),
    "admission_nobody": _("Name at least one teacher."),
    "round_not_open": _("The next round opens at %(opens)s."),
    "round_closed": _("The last round closed at %(closed)s."),
    "round_others_first": _("Until %(until)s only those choose whose class was cancelled or trimmed in an earlier round."),
    "round_backwards": _("The round closes before it opens, or lies in the past."),
    "round_first_outside": _("The time for those who choose first lies outside the round."),
    "round_overlaps": _("The round meets another one of this project."),
    "round_in_use": _("Somebody applied in this round already; it cannot be dropped."),
    "round_still_open": _("The round is open until %(until)s. Decide afterwards."),
    "round_wrong_state": _("The round was decided or dropped in the meantime."),
    "class_full": _("The class takes %(most)s at most, and so many have seats in it already."),
    "class_cancelled": _("This class was cancelled. Choose another one."),
    "class_limits_backwards": _("The class takes fewer than it needs. Give a larger number first."),
    "offer_over": _("The offer held until %(until)s; the seat went to the next in line."),
    "change_over": _("Classes could be changed until %(until)s."),
    "withdrawal_over": _("Whoever was admitted could withdraw until %(until)s. Ask the office that runs the project."),
    "replacing_over": _("Substitutes could be named until %(until)s."),
    "substitute_elsewhere": _("The substitute's school does not draw on these seats."),
}
