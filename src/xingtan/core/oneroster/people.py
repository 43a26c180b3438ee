"""A bundle as a roster of ours: our headings, a row a teacher, words as a clerk would type them. What a bundle does not say stays empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from .names import whole_name
from .reading import BadBundle, Bundle, Problem, items_of, open_bundle
from .tables import METADATA, Role

HEADINGS: Mapping[str, str] = {
    "name": "姓名", "identity_kind": "身份证件类型", "number": "身份证件号码", "gender": "性别", "county": "区县", "school": "学校",
    "stage": "学段", "subject": "学科", "position": "岗位", "title": "职称", "honour": "荣誉", "hired_on": "入职日期", "phone": "手机号码",
    "staff_number": "教师编号", "status": "人员状态",
}  # fmt: skip
TOLD_BESIDE = ("name", "number", "identity_kind", "stage", "subject", "position", "title", "honour", "hired_on", "status")
KINDS: Mapping[str, str] = {
    "resident": "居民身份证", "idcard": "居民身份证", "id_card": "居民身份证", "nationalid": "居民身份证", "身份证": "居民身份证",
    "居民身份证": "居民身份证", "hk_macau": "港澳居民来往内地通行证", "taiwan": "台湾居民来往大陆通行证", "passport": "护照", "护照": "护照",
}  # fmt: skip
POSITIONS: Mapping[str, str] = {Role.TEACHER: "教师", Role.PRINCIPAL: "校长"}
SEXES: Mapping[str, str] = {"female": "女", "male": "男"}
# CEDS grade codes, as OneRoster wants them.
STAGES: tuple[tuple[str, frozenset[str]], ...] = (
    ("幼儿园", frozenset({"IT", "PR", "PK", "TK", "KG", "PS"})),
    ("小学", frozenset({"01", "02", "03", "04", "05", "06"})),
    ("初中", frozenset({"07", "08", "09"})),
    ("高中", frozenset({"10", "11", "12", "13"})),
)


class Post(NamedTuple):
    """Where a person teaches, as what, and since when."""

    org: str
    role: str
    since: str
    is_primary: bool


@dataclass(slots=True)
class Around:
    """What a person's row needs from the other tables."""

    names: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    former: dict[str, Post] = field(default_factory=dict)
    sexes: dict[str, str] = field(default_factory=dict)
    lessons: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)

    def county(self, org: str) -> str:
        """The name of the district above the school, "" where the bundle names none."""
        seen: set[str] = set()
        while (org := self.parents.get(org, "")) and org not in seen:
            seen.add(org)
            if self.kinds.get(org) == "district":
                return self.names[org]
        return ""


@contextmanager
def roster_table(path: Path) -> Iterator[tuple[tuple[str, ...], Iterator[tuple[int, tuple[str, ...]]]]]:
    """Our headings, and for each teacher or principal of the bundle the line in users.csv with a row of texts. Raises `BadBundle`."""
    with open_bundle(path) as bundle:
        yield tuple(HEADINGS.values()), _people(bundle, _around(bundle))


def _around(bundle: Bundle) -> Around:
    around = Around()
    for _line, row in bundle.rows("orgs"):
        one = row["sourcedId"]
        around.names[one], around.kinds[one], around.parents[one] = row["name"].strip(), row["type"], row["parentSourcedId"].strip()
    strangers = []
    for line, row in bundle.rows("roles"):
        if row["role"] not in POSITIONS:
            continue
        if row["orgSourcedId"] not in around.names and not bundle.is_delta("orgs"):
            strangers.append(Problem("roles.csv", line, "orgSourcedId", "unknown_reference", row["orgSourcedId"]))
        post = Post(row["orgSourcedId"], row["role"], row["beginDate"], row["roleType"] == "primary")
        posts = around.former if row["status"] == "tobedeleted" else around.posts
        known = posts.get(row["userSourcedId"])
        if known is None or (post.is_primary and not known.is_primary):
            posts[row["userSourcedId"]] = post
    if strangers:
        raise BadBundle(strangers)
    around.sexes = {row["sourcedId"]: SEXES[row["sex"]] for _line, row in bundle.rows("demographics") if row["sex"] in SEXES}
    _add_lessons(bundle, around)
    return around


def _add_lessons(bundle: Bundle, around: Around) -> None:
    """Which stage and subject a person teaches, as the classes say; the courses say it where a class does not."""
    courses = {row["sourcedId"]: (row["grades"], row["subjects"]) for _line, row in bundle.rows("courses")}
    classes = {}
    for _line, row in bundle.rows("classes"):
        grades, subjects = courses.get(row["courseSourcedId"], ("", ""))
        classes[row["sourcedId"]] = (_stage(row["grades"] or grades), (row["subjects"] or subjects).partition(",")[0].strip())
    for _line, row in bundle.rows("enrollments"):
        if row["role"] == Role.TEACHER and row["classSourcedId"] in classes:
            around.lessons.setdefault(row["userSourcedId"], Counter())[classes[row["classSourcedId"]]] += 1


def _stage(grades: str) -> str:
    counts = Counter(word for grade in grades.split(",") for word, codes in STAGES if grade.strip().upper() in codes)
    return counts.most_common(1)[0][0] if counts else ""


def _people(bundle: Bundle, around: Around) -> Iterator[tuple[int, tuple[str, ...]]]:
    for line, row in bundle.rows("users"):
        gone = around.former.get(row["sourcedId"]) if row["status"] == "tobedeleted" else None
        post = around.posts.get(row["sourcedId"]) or gone
        if post is not None or row.get(f"{METADATA}number"):
            told = _told(row, post or Post(row["primaryOrgSourcedId"], Role.TEACHER, "", is_primary=True), around)
            yield line, tuple(told.get(key, "") for key in HEADINGS)


def _told(row: Mapping[str, str], post: Post, around: Around) -> dict[str, str]:
    kind, number = _number(row)
    stage, subject = _lesson(around.lessons.get(row["sourcedId"]))
    told = {
        "name": whole_name(row["familyName"], row["givenName"], row["middleName"]),
        "identity_kind": kind,
        "number": number,
        "gender": around.sexes.get(row["sourcedId"]) or _gender(number),
        "county": around.county(post.org),
        "school": around.names.get(post.org, ""),
        "stage": stage,
        "subject": subject,
        "position": POSITIONS.get(post.role, ""),
        "hired_on": post.since,
        "phone": (row["sms"] or row["phone"]).strip(),
        "staff_number": row["identifier"].strip(),
        "status": "离职" if row["status"] == "tobedeleted" else "",
    }
    beside = {key: row.get(METADATA + key, "").strip() for key in TOLD_BESIDE}
    return told | {key: value for key, value in beside.items() if value}


def _number(row: Mapping[str, str]) -> tuple[str, str]:
    """Kind and number of the identity document: a typed identifier, or a master identifier that has the shape of a resident's number."""
    for kind, value in items_of(row["userIds"]):
        if word := KINDS.get(kind.lower()):
            return word, value
    master = row["userMasterIdentifier"].strip()
    return (KINDS["resident"], master) if len(master) == 18 and master[:17].isdigit() else ("", "")


def _gender(number: str) -> str:
    return ("女", "男")[int(number[16]) % 2] if len(number) == 18 and number[:17].isdigit() else ""


def _lesson(counts: Counter[tuple[str, str]] | None) -> tuple[str, str]:
    if not counts:
        return "", ""
    stages, subjects = Counter[str](), Counter[str]()
    for (stage, subject), count in counts.items():
        stages[stage] += count if stage else 0
        subjects[subject] += count if subject else 0
    return _commonest(stages), _commonest(subjects)


def _commonest(counts: Counter[str]) -> str:
    """The word that was counted most, the later of equal ones; "" where nothing was."""
    return max(counts, key=lambda word: (counts[word], word)) if any(counts.values()) else ""
