"""Labels and refusals of plans."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Area, Category, Level, PlanAct, PlanState, Term, Way

TERM_LABELS: Mapping[str, Promise] = {
    Term.YEAR: pgettext_lazy("plan", "Whole year"),
    Term.FIRST: pgettext_lazy("plan", "First term"),
    Term.SECOND: pgettext_lazy("plan", "Second term"),
}
LEVEL_LABELS: Mapping[str, Promise] = {
    Level.SCHOOL: pgettext_lazy("plan", "Schools"),
    Level.COUNTY: pgettext_lazy("plan", "Counties"),
    Level.CITY: pgettext_lazy("plan", "Cities"),
}
STATE_LABELS: Mapping[str, Promise] = {
    PlanState.DRAFT: pgettext_lazy("plan", "Being written"),
    PlanState.SUBMITTED: pgettext_lazy("plan", "Handed up"),
    PlanState.RETURNED: pgettext_lazy("plan", "Returned"),
    PlanState.ACCEPTED: pgettext_lazy("plan", "Accepted"),
}
STATE_CHIPS: Mapping[str, str] = {
    PlanState.DRAFT: "act",
    PlanState.SUBMITTED: "wait",
    PlanState.RETURNED: "stop",
    PlanState.ACCEPTED: "ok",
}
ACT_LABELS: Mapping[str, Promise] = {
    PlanAct.SUBMIT: pgettext_lazy("plan", "Handed up"),
    PlanAct.TAKE_BACK: pgettext_lazy("plan", "Taken back"),
    PlanAct.RETURN: pgettext_lazy("plan", "Returned"),
    PlanAct.ACCEPT: pgettext_lazy("plan", "Accepted"),
    PlanAct.ADOPT: pgettext_lazy("plan", "Adopted"),
    PlanAct.REOPEN: pgettext_lazy("plan", "Opened again"),
}
AREA_LABELS: Mapping[str, Promise] = {
    Area.ETHICS: pgettext_lazy("content area", "Teachers' ethics"),
    Area.PROFESSIONAL: pgettext_lazy("content area", "Professional knowledge"),
    Area.THEORY: pgettext_lazy("content area", "Educational theory"),
    Area.RESEARCH: pgettext_lazy("content area", "Educational research"),
    Area.SKILL: pgettext_lazy("content area", "Teaching skill and technology"),
    Area.HUMANITIES: pgettext_lazy("content area", "Science and humanities"),
}
WAY_LABELS: Mapping[str, Promise] = {
    Way.RUN: pgettext_lazy("plan", "Run ourselves"),
    Way.SEND: pgettext_lazy("plan", "Send people"),
}
CATEGORY_LABELS: Mapping[str, Promise] = {
    Category.ANY: pgettext_lazy("plan", "All teachers"),
    Category.SUBJECT: pgettext_lazy("plan", "Subject backbones"),
    Category.PRINCIPAL: pgettext_lazy("plan", "Principals"),
    Category.CLASS_HEAD: pgettext_lazy("plan", "Class heads"),
    Category.TECHNOLOGY: pgettext_lazy("plan", "Technology"),
    Category.ENGLISH_ABROAD: pgettext_lazy("plan", "English abroad"),
    Category.RURAL_ARTS_SPORTS: pgettext_lazy("plan", "Rural arts and sports"),
    Category.PSYCHOLOGY: pgettext_lazy("plan", "Mental health"),
    Category.RURAL: pgettext_lazy("plan", "Rural teachers"),
}
REFUSALS: Mapping[str, Promise] = {
    "plan_wrong_state": _("The plan is in another state by now. Look at it again, then decide."),
    "plan_not_writable": _(
        "The plan lies with the level above or is accepted. Take it back, or ask for it to be opened again, to change it."
    ),
    "plan_year_closed": _("The training year %(year)s is closed; its plans stay as they are."),
    "plan_line_without_name": _("Line %(line)s says no training. Name it, or take the line out."),
    "plan_line_without_area": _("Line %(line)s has no content area. Choose one."),
    "plan_line_without_people": _("Line %(line)s is for nobody. Say how many people."),
    "plan_line_without_hours": _("Line %(line)s has no hours. Say how many for each person."),
    "plan_empty": _("The plan has no line yet. Write one, or copy last year's."),
    "plan_late": _("Plans were taken until %(due_on)s. Ask the office above for a longer day."),
    "plan_too_long": _("A plan has at most %(most)s lines. Put lines together."),
    "plan_line_is_project": _("“%(what)s” is a project by now. It stays in the plan."),
    "plan_nothing_before": _("There is no plan of the year before that could be copied."),
    "plan_nothing_below": _("No accepted plan below sends people. Accept the plans below first."),
    "plan_has_lines": _("The plan has lines already. Copying starts with an empty plan."),
    "plan_reply_missing": _("Say in a few words why, so that the unit knows what to change."),
    "plan_not_the_top": _("This plan goes to the level above; only a plan without a level above is adopted by its own office."),
    "plan_without_above": _("Nobody stands above this office. Adopt the plan yourself."),
    "plan_not_accepted": _("Only an accepted plan becomes projects."),
    "plan_line_not_run": _("“%(what)s” sends people elsewhere; only what the unit runs itself becomes a project."),
    "circular_reaches_nobody": _("No unit of these levels is below your office. Choose another level."),
    "circular_withdrawn": _("This circular was withdrawn."),
    "circular_wants_no_reply": _("This circular wants no answer; reading it is enough."),
    "circular_reply_late": _("Answers were taken until %(reply_by)s."),
    "circular_words_missing": _("Write a few words."),
    "plan_call_past": _("The last day lies in the past. Give today or a later day."),
}
JOB_WORDS: Mapping[str, tuple[Promise, Mapping[str, Promise]]] = {
    "plans.remind": (_("Asking people to answer a survey"), {"people": _("People")}),
}
MESSAGES: Mapping[str, Promise] = {
    "plan_submitted": _("%(unit)s handed up its plan for %(year)s."),
    "plan_returned": _("Your plan for %(year)s was returned. The answer says what to change."),
    "plan_accepted": _("Your plan for %(year)s was accepted."),
    "plan_reopened": _("Your plan for %(year)s was opened again. The answer says why."),
    "circular_issued": _("Circular from %(office)s: %(title)s"),
    "plan_called": _("Plans for %(year)s are asked for until %(due_on)s."),
}
