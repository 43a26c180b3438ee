"""The room `quotas` as Django knows it."""

from django.apps import AppConfig


class QuotasConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.quotas"
    label = "quotas"
