"""From a teacher's facts to ladders: each from its finest value that an extract may hold to `*`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xingtan.core.anonymity import Ladder
from xingtan.foundation.scope.branch import STEP
from xingtan.foundation.scope.models import Kind, Organisation

COLUMNS = ("region", "service", "stage", "subject", "title", "rural")
# What each rung is called in the manifest, the finest first; the last is always "*".
RUNGS: Mapping[str, tuple[str, ...]] = {
    "region": ("county", "city", "*"),
    "service": ("band of five years", "band of ten or twenty years", "*"),
    "stage": ("stage", "*"),
    "subject": ("subject", "field", "*"),
    "title": ("title", "junior or senior", "*"),
    "rural": ("rural or not", "*"),
}
FIELDS: Mapping[str, str] = {
    **dict.fromkeys(("chinese", "english", "ethics_law", "history", "geography"), "humanities"),
    **dict.fromkeys(("mathematics", "physics", "chemistry", "biology", "science"), "science"),
    **dict.fromkeys(("information", "general_technology", "labour"), "technology"),
    **dict.fromkeys(("music", "art", "sports"), "arts and sports"),
}
SENIOR = frozenset({"senior", "professor"})
NONE = "none"


def regions() -> dict[str, Ladder]:
    """For each path of a county, city or province its ladder: county, city, `*`; what hangs higher stands for both."""
    kinds = [Kind.PROVINCE, Kind.CITY, Kind.COUNTY, Kind.ZONE]
    names = dict(Organisation.everywhere.filter(kind__in=kinds).values_list("path", "name"))
    cities = {path for path, kind in Organisation.everywhere.filter(kind=Kind.CITY).values_list("path", "kind")}
    return {path: (name, _city(path, names, cities), "*") for path, name in names.items()}


def _city(path: str, names: Mapping[str, str], cities: set[str]) -> str:
    ends = (path[:end] for end in range(len(path), 0, -STEP))
    return next((names[one] for one in ends if one in cities), names[path])


def region_of(path: str, known: Mapping[str, Ladder]) -> Ladder:
    """The ladder of the office that answers for a school with this path."""
    ends = (path[:end] for end in range(len(path), 0, -STEP))
    return next((known[one] for one in ends if one in known), ("*", "*", "*"))


def service_of(hired_on: date, day: date) -> Ladder:
    """Full years of service in bands. Service and not age: the register holds no birthday, and no number is opened for research."""
    years = max(0, day.year - hired_on.year - ((day.month, day.day) < (hired_on.month, hired_on.day)))
    fine = min(years // 5 * 5, 40)
    coarse = "0-9" if years < 10 else "10-19" if years < 20 else "20+"
    return f"{fine}-{fine + 4}" if fine < 40 else "40+", coarse, "*"


def others(stage: str, subject: str, title: str, *, is_rural: bool) -> tuple[Ladder, ...]:
    """The ladders of stage, subject, title and rural."""
    level = "senior" if title in SENIOR else "junior" if title else NONE
    subjects = (subject, FIELDS.get(subject, "other"), "*")
    return (stage, "*"), subjects, (title or NONE, level, "*"), ("rural" if is_rural else "not rural", "*")
