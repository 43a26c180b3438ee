"""The room `tenders` as Django knows it."""

from django.apps import AppConfig


class TendersConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.tenders"
    label = "tenders"
