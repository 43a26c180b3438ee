"""The app of `foundation.surveys`."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Django's name for this part of the foundation."""

    name = "xingtan.foundation.surveys"
    label = "surveys"
