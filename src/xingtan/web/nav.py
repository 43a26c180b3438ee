"""The menus as data: what each role finds, and where. An entry whose page does not exist, or that the role may not open, is left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.foundation.people.roles import Actor, Permission, Role

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a menu: its word, the page's name, an icon for the tab bar, a shorter word there; `root` begins the addresses of its pages."""

    label: Words
    name: str
    icon: str = "circle"
    short: Words = ""
    root: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a page shows it."""

    label: Words
    short: Words
    url: str
    icon: str
    is_current: bool
    name: str = ""
    count: int = 0


HOME = pgettext_lazy("menu", "Home")
PUBLIC = (
    Item(HOME, "public:front", "home"),
    Item(_("Certificate check"), "public:check", "qr", pgettext_lazy("tab", "Check")),
    Item(_("Public notices"), "public:notices", "list", pgettext_lazy("tab", "Notices")),
    Item(_("Activate an account"), "public:activate", "user", pgettext_lazy("tab", "Activate")),
    Item(_("Sign in"), "public:sign_in", "lock"),
)
TEACHER = (
    Item(HOME, "trainee:home", "home"),
    Item(pgettext_lazy("menu", "Choose"), "trainee:choose", "check-circle"),
    Item(pgettext_lazy("menu", "Projects"), "trainee:open_projects", "list"),
    Item(pgettext_lazy("menu", "Study"), "trainee:study", "book"),
    Item(pgettext_lazy("menu", "Workshops"), "trainee:workshops", "users"),
    Item(pgettext_lazy("menu", "My record"), "trainee:record", "list", pgettext_lazy("tab", "Record")),
    Item(pgettext_lazy("menu", "Certificates"), "trainee:certificates", "award"),
    Item(pgettext_lazy("menu", "Notice"), "trainee:notice", "bell"),
    Item(pgettext_lazy("menu", "Me"), "trainee:me", "user"),
)
TABS = frozenset({"trainee:home", "trainee:study", "trainee:workshops", "trainee:record", "trainee:me"})
ONLY_TABS = frozenset({"trainee:me", "public:sign_in"})
# How many entries stand in an office's bar; a longer menu folds the rest into 更多.
BAR = 6
# The entry of a role's menu that says how much of the review chain waits for it.
WAITING = {
    Role.COUNTY_OFFICER: "bureau:queue",
    Role.CITY_OFFICER: "bureau:queue",
    Role.SCHOOL_CLERK: "school:entries",
    Role.SCHOOL_REVIEWER: "school:entries",
}
CIRCUMSTANCES = Item(_("Grants and leave"), "bureau:circumstances")
OTHER_WAYS = Item(_("Other ways to earn"), "bureau:trainings")
STUDY_GROUPS = Item(_("Study groups"), "bureau:groups")
RESULTS = Item(_("Results of tests"), "bureau:results")
ELIGIBILITY = Item(pgettext_lazy("menu", "Eligibility"), "bureau:eligibility")
LIVE = Item(pgettext_lazy("menu", "Live view"), "bureau:live_projects")
SEATS = Item(pgettext_lazy("menu", "Seats"), "bureau:quotas")
ADMISSIONS = Item(pgettext_lazy("menu", "Admissions"), "bureau:admissions")
PLANS = Item(pgettext_lazy("menu", "Plans"), "bureau:plans")
CIRCULARS = Item(_("Circulars"), "bureau:circulars")
SURVEYS = Item(_("Surveys"), "bureau:surveys")
REGISTERS = Item(pgettext_lazy("menu", "Registers"), "bureau:registers")
CARDS = Item(_("Learning cards"), "bureau:card_reports", root="/bureau/cards/")
ANOMALIES = Item(pgettext_lazy("menu", "What looks wrong"), "bureau:anomalies")
SCHOOL = (
    Item(_("This month"), "school:month"),
    Item(pgettext_lazy("menu", "Roster"), "school:roster"),
    Item(pgettext_lazy("menu", "Selections"), "school:selections"),
    Item(pgettext_lazy("menu", "Hours"), "school:entries"),
    Item(pgettext_lazy("menu", "Bills"), "school:bills"),
    Item(pgettext_lazy("menu", "Paper"), "school:papers"),
    Item(pgettext_lazy("menu", "Notice"), "school:notice"),
    PLANS,
    CIRCULARS,
    SURVEYS,
    ADMISSIONS,
    SEATS,
    LIVE,
    ANOMALIES,
    ELIGIBILITY,
    CIRCUMSTANCES,
    OTHER_WAYS,
    STUDY_GROUPS,
    CARDS,
    REGISTERS,
)
QUEUE = Item(_("Review and verify"), "bureau:queue")
DASHBOARD = Item(_("Overview"), "bureau:dashboard")
TEACHERS = Item(_("Teachers"), "bureau:teachers")
CERTIFICATES = Item(pgettext_lazy("menu", "Certificates"), "bureau:certificates")
SEALING = Item(_("Check and seal"), "bureau:papers")
PROJECTS = Item(_("Projects"), "bureau:projects")
TENDERS = Item(pgettext_lazy("menu", "Tenders"), "bureau:tenders")
COURSES = Item(_("Courses"), "provider:courses")
STATEMENTS = Item(pgettext_lazy("xapi", "Statements"), "provider:statements")
KEYS = Item(pgettext_lazy("xapi", "Keys"), "provider:keys")
RECONCILIATION = Item(_("Reconciliation"), "provider:reconciliation")
BUREAU = (
    DASHBOARD,
    QUEUE,
    PROJECTS,
    TEACHERS,
    Item(_("Determination"), "bureau:determination"),
    CERTIFICATES,
    SEALING,
    TENDERS,
    PLANS,
    CIRCULARS,
    SURVEYS,
    ADMISSIONS,
    SEATS,
    LIVE,
    ANOMALIES,
    ELIGIBILITY,
    CIRCUMSTANCES,
    OTHER_WAYS,
    STUDY_GROUPS,
    RESULTS,
    RECONCILIATION,
    STATEMENTS,
    Item(_("Years"), "bureau:years"),
    Item(_("Policies"), "bureau:policies"),
    COURSES,
    Item(_("Learning cards"), "bureau:cards"),
    REGISTERS,
    Item(_("Roster import"), "bureau:roster_import"),
    Item(_("Opening hours"), "bureau:opening_import"),
    Item(_("Office holders"), "bureau:people"),
    Item(_("Audit log"), "bureau:audit"),
    Item(_("Exports"), "bureau:exports"),
    Item(_("Research data"), "bureau:research"),
)
CLASSES = Item(pgettext_lazy("menu", "Classes"), "tutor:cohorts")
PROVIDER = (
    Item(HOME, "provider:home"),
    Item(_("Courses"), "provider:courses"),
    Item(pgettext_lazy("menu", "Tenders"), "provider:tenders"),
    Item(_("Enter hours"), "provider:enter"),
    Item(_("Deliver records"), "provider:records"),
    RECONCILIATION,
    STATEMENTS,
    KEYS,
    LIVE,
    CLASSES,
)
MARKING = (
    Item(_("Marking queue"), "tutor:queue"),
    Item(pgettext_lazy("menu", "Workshops"), "tutor:workshops"),
    CLASSES,
)
EXPERT = (Item(_("Tenders to review"), "expert:tenders"),)
MENUS: dict[Role, tuple[Item, ...]] = {
    Role.VISITOR: PUBLIC,
    Role.TEACHER: TEACHER,
    Role.SCHOOL_CLERK: SCHOOL,
    Role.SCHOOL_REVIEWER: SCHOOL,
    Role.COUNTY_OFFICER: (QUEUE, *(item for item in BUREAU if item not in (QUEUE, COURSES))),
    Role.CITY_OFFICER: tuple(item for item in BUREAU if item is not COURSES),
    Role.PROVINCE_OFFICER: BUREAU,
    Role.SUPERVISOR: BUREAU,
    Role.PROVIDER_STAFF: PROVIDER,
    Role.TUTOR: MARKING,
    Role.WORKSHOP_LEAD: MARKING,
    Role.EXPERT: EXPERT,
}


@lru_cache(maxsize=256)
def _place(name: str) -> tuple[str, Permission | None] | None:
    """The page's address and the right it asks for; None while there is no such page."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    return url, getattr(resolve(url).func, "permission", None)


def place_for(actor: Actor, name: str) -> str:
    """The page's address when it exists and this actor may open it, else ""."""
    found = _place(name)
    return found[0] if found and (found[1] is None or actor.may(found[1])) else ""


def home_of(actor: Actor) -> str:
    """Where this role begins: the first page of its menu that it may open, else the front page."""
    return next((url for item in MENUS.get(actor.role, PUBLIC) if (url := place_for(actor, item.name))), "/")


def shown(actor: Actor, path: str, *, tabs: bool = False) -> list[Shown]:
    """The role's menu (or its tab bar) with the entry of this path marked: the longest address that the path begins with."""
    items = [(item, place_for(actor, item.name)) for item in MENUS.get(actor.role, PUBLIC) if _belongs(item, actor, tabs=tabs)]
    here = max((url for item, url in items if url and _is_here(item, url, path)), key=len, default="")
    return [Shown(item.label, item.short or item.label, url, item.icon, url == here, item.name) for item, url in items if url]


def _is_here(item: Item, url: str, path: str) -> bool:
    return path == url or (url.count("/") > 2 and path.startswith(item.root or url))


def _belongs(item: Item, actor: Actor, *, tabs: bool) -> bool:
    if not tabs:
        return item.name not in ONLY_TABS
    return actor.role is Role.VISITOR or item.name in TABS


def address(name: str, *args: str) -> str:
    """The page's address, or "" while there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
