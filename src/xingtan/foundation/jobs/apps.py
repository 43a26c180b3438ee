"""The app of `foundation.jobs`."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Django's name for this part of the foundation."""

    name = "xingtan.foundation.jobs"
    label = "jobs"
