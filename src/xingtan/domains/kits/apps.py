"""The room `kits` as Django knows it."""

from django.apps import AppConfig


class KitsConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.kits"
    label = "kits"
