"""The room `finance` as Django knows it."""

from django.apps import AppConfig


class FinanceConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.finance"
    label = "finance"
