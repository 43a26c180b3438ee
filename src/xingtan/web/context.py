"""What every template knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise

from xingtan.domains.reviews import api as reviews
from xingtan.foundation.inbox.send import unread_count
from xingtan.foundation.people.acting import ACT_FOR
from xingtan.foundation.people.deputies import NAME_DEPUTY
from xingtan.foundation.people.grants import grants_of
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import VISITOR, Actor, Role

from . import nav
from .http import Request
from .nav_parts import part_of
from .words import role_word

OWN_FACE = frozenset({Role.VISITOR, Role.TEACHER})


@dataclass(frozen=True, slots=True)
class RoleShown:
    """A role that the person may switch to."""

    grant_id: int
    label: str
    organisation: str
    is_current: bool
    is_deputy: bool


class Page:
    """What the frame round a page shows; each answer is looked up once, when a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = cast("Request", request)
        self.actor: Actor = getattr(request, "actor", VISITOR)

    @cached_property
    def menu(self) -> list[nav.Shown]:
        """The role's menu."""
        return nav.shown(self.actor, self.request.path)

    @cached_property
    def menu_bar(self) -> list[nav.Shown]:
        """The entries that stand in an office's bar."""
        shown = self.menu if len(self.menu) <= nav.BAR + 1 else self.menu[: nav.BAR]
        name = nav.WAITING.get(self.actor.role, "")
        return [replace(item, count=reviews.waiting_of(self.actor)) if item.name == name else item for item in shown]

    @cached_property
    def menu_more(self) -> list[nav.Shown]:
        """The entries that are folded away behind one word, part by part."""
        return sorted(self.menu[len(self.menu_bar) :], key=lambda item: part_of(item.name)[0])

    @cached_property
    def menu_parts(self) -> list[tuple[Promise, list[nav.Shown]]]:
        """The same entries under the headings of their parts."""
        return [(heading, list(items)) for (_, heading), items in groupby(self.menu_more, key=lambda item: part_of(item.name))]

    @cached_property
    def more_is_current(self) -> bool:
        """True on a page whose entry is folded away."""
        return any(item.is_current for item in self.menu_more)

    @cached_property
    def front_menu(self) -> list[nav.Shown]:
        """The menu on public pages: an office finds its way back to work there, and no more."""
        return self.menu if self.actor.role in OWN_FACE else self.menu[:1]

    @cached_property
    def tabs(self) -> list[nav.Shown]:
        """The phone's tab bar, for teachers and visitors."""
        return nav.shown(self.actor, self.request.path, tabs=True) if self.actor.role in OWN_FACE else []

    @cached_property
    def home(self) -> str:
        """Where the brand leads."""
        return nav.home_of(self.actor)

    @cached_property
    def base(self) -> str:
        """The frame of pages that every role may open."""
        return "base_trainee.html" if self.actor.role in OWN_FACE else "base_office.html"

    @cached_property
    def search(self) -> str:
        """Where the search box sends its text, "" without one."""
        return nav.place_for(self.actor, "bureau:teachers") or nav.place_for(self.actor, "school:roster")

    @cached_property
    def unread(self) -> int:
        """How many messages are new."""
        return unread_count(self.actor.account_id) if self.actor.account_id else 0

    @cached_property
    def _grants(self) -> list[Grant]:
        if not self.actor.account_id:
            return []
        known = getattr(self.request, "grants", None)  # as the middleware has just read them
        return grants_of(cast("Account", self.request.user), self.request.today) if known is None else known

    @cached_property
    def roles(self) -> list[RoleShown]:
        """Every role of the person, the present one marked."""
        return [
            RoleShown(
                grant.pk, role_word(Role(grant.role)), str(grant.organisation), self._is_present(grant), grant.deputy_for_id is not None
            )
            for grant in self._grants
        ]

    def _is_present(self, grant: Grant) -> bool:
        return grant.pk == self.actor.grant_id and self.actor.own is None

    @cached_property
    def organisation(self) -> str:
        """The branch that one acts in."""
        return self.acted_for or next((str(grant.organisation) for grant in self._grants if self._is_present(grant)), "")

    @cached_property
    def role(self) -> str:
        """The role that one acts in."""
        return role_word(self.actor.role)

    @property
    def acted_for(self) -> str:
        """The school or teacher in whose place one acts, else ""."""
        return str(getattr(self.request, "acted_for", ""))

    @property
    def may_act_for(self) -> bool:
        """True for who may act for a school or a teacher, and does not yet."""
        return self.actor.own is None and self.actor.may(ACT_FOR)

    @property
    def may_name_deputy(self) -> bool:
        """True for who may name somebody to stand in."""
        return self.actor.may(NAME_DEPUTY)

    @cached_property
    def deputy_of(self) -> str:
        """The name of the holder for whom one stands in, else ""."""
        return next((grant.deputy_for.account.name for grant in self._grants if grant.pk == self.actor.grant_id and grant.deputy_for), "")

    @property
    def icp(self) -> str:
        """The registration line that a Chinese site shows."""
        return str(settings.ICP_LINE)


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, the day and the page's frame; a visitor's on error pages that come before the middleware."""
    return {"actor": getattr(request, "actor", VISITOR), "today": getattr(request, "today", None), "page": Page(request)}
