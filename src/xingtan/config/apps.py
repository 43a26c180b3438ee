"""At start the hallway is wired and the kinds of jobs are known."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.conf import settings


class HouseConfig(AppConfig):
    """The house itself."""

    name = "xingtan.config"
    label = "house"

    def ready(self) -> None:
        """Wire the hallway and the looks before a merge; load each room's tasks so that their kinds of jobs are known."""
        import_module("xingtan.config.hallway").wire_hallway()
        import_module("xingtan.config.merging").wire_merging()
        for room in settings.ROOMS:
            if find_spec(f"xingtan.domains.{room}.tasks"):
                import_module(f"xingtan.domains.{room}.tasks")
