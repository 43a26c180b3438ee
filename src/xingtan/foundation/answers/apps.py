"""The app of `foundation.answers`."""

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """Django's name for this part of the foundation."""

    name = "xingtan.foundation.answers"
    label = "answers"
