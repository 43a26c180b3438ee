"""The app of `foundation.disclosures`."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    """Django's name for this part of the foundation."""

    name = "xingtan.foundation.disclosures"
    label = "disclosures"
