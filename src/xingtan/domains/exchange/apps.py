"""The room `exchange` as Django knows it."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.exchange"
    label = "exchange"
