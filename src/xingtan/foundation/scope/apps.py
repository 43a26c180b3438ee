"""The app of the organisations' tree."""

from django.apps import AppConfig


class ScopeConfig(AppConfig):
    """Organisations and scope."""

    name = "xingtan.foundation.scope"
    label = "scope"
