"""The app of `foundation.inbox`."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Django's name for this part of the foundation."""

    name = "xingtan.foundation.inbox"
    label = "inbox"
