"""The app of `foundation.ledger`."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Django's name for this part of the foundation."""

    name = "xingtan.foundation.ledger"
    label = "ledger"
