"""Labels, refusals and messages of surveys."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Purpose, QuestionKind, SurveyState

STATE_LABELS: Mapping[str, Promise] = {
    SurveyState.DRAFT: pgettext_lazy("survey", "Being written"),
    SurveyState.OPEN: pgettext_lazy("survey", "Open"),
    SurveyState.CLOSED: pgettext_lazy("survey", "Closed"),
    SurveyState.CANCELLED: pgettext_lazy("survey", "Cancelled"),
}
STATE_CHIPS: Mapping[str, str] = {
    SurveyState.DRAFT: "plain",
    SurveyState.OPEN: "act",
    SurveyState.CLOSED: "ok",
    SurveyState.CANCELLED: "stop",
}
PURPOSE_LABELS: Mapping[str, Promise] = {
    Purpose.NEEDS: pgettext_lazy("survey", "Needs, before planning"),
    Purpose.DURING: pgettext_lazy("survey", "During the training"),
    Purpose.AFTER: pgettext_lazy("survey", "After the training"),
}
KIND_LABELS: Mapping[str, Promise] = {
    QuestionKind.ONE: pgettext_lazy("question", "One of several"),
    QuestionKind.MANY: pgettext_lazy("question", "Any of several"),
    QuestionKind.SCALE: pgettext_lazy("question", "Scale from 1 to 5"),
    QuestionKind.TEXT: pgettext_lazy("question", "In words"),
    QuestionKind.NUMBER: pgettext_lazy("question", "A number"),
}
REFUSALS: Mapping[str, Promise] = {
    "survey_wrong_state": _("The survey is in another state by now. Look at it again, then decide."),
    "survey_without_questions": _("A survey without a question asks nothing. Add one first."),
    "survey_days_backwards": _("The survey closes before it opens. Give a last day that is not before the first."),
    "survey_over": _("The last day lies in the past. Give today or a later day."),
    "survey_asks_nobody": _("Choose at least one role that is asked."),
    "survey_not_draft": _("Only a draft is changed: who has answered would have answered something else. Copy the survey instead."),
    "survey_options_not_needed": _("“%(question)s” takes no options. Take them out, or choose another kind of question."),
    "survey_options_too_few": _("“%(question)s” needs at least two different options, one in a line."),
    "survey_options_too_many": _("“%(question)s” has too many options to choose from; thirty are the most."),
    "survey_too_long": _("A survey has at most %(most)s questions."),
    "survey_not_open": _("This survey is answered from %(opens_on)s to %(closes_on)s."),
    "survey_not_for_you": _("This survey asks other people."),
    "survey_answered": _("You have answered already. Everyone answers once."),
    "survey_answer_missing": _("This question needs an answer."),
    "survey_answer_wrong": _("This is no answer to the question as it is asked."),
    "survey_incomplete": _("%(count)s questions still need an answer."),
    "survey_reminded": _("Everyone was reminded today already."),
}
MESSAGES: Mapping[str, Promise] = {
    "survey_asked": _("“%(title)s”: please answer by %(closes_on)s. It is anonymous and takes a few minutes."),
    "survey_asked_named": _("“%(title)s”: please answer by %(closes_on)s. Your name stands with your answers."),
}
