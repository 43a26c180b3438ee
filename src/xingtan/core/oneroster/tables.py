"""The files of a bundle as the CSV binding lays them down: their columns in order, which must be filled, and what may stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

VERSION = "1.2"
BASE = ("sourcedId", "status", "dateLastModified")
METADATA = "metadata.xingtan."


class Role(StrEnum):
    """What a person is to an organisation (CSV binding, roles.csv)."""

    AIDE = "aide"
    COUNSELOR = "counselor"
    COUNTY_ADMINISTRATOR = "districtAdministrator"
    GUARDIAN = "guardian"
    PARENT = "parent"
    PRINCIPAL = "principal"
    PROCTOR = "proctor"
    RELATIVE = "relative"
    SITE_ADMINISTRATOR = "siteAdministrator"
    PUPIL = "student"
    SYSTEM_ADMINISTRATOR = "systemAdministrator"
    TEACHER = "teacher"


ORG_TYPES = frozenset({"department", "school", "district", "local", "state", "national"})
STATUSES = frozenset({"", "active", "tobedeleted"})
SEXES = frozenset({"", "male", "female", "unspecified", "other"})
TRUTHS = frozenset({"true", "false"})
ROLE_TYPES = frozenset({"primary", "secondary"})


@dataclass(frozen=True, slots=True)
class Table:
    """A file: its columns in order, those that must be filled, and the lists of values of some; extensions stand behind the columns."""

    name: str
    columns: tuple[str, ...]
    filled: tuple[str, ...] = ("sourcedId",)
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)


def _table(name: str, columns: str, filled: str, values: Mapping[str, frozenset[str]] | None = None) -> Table:
    return Table(name, (*BASE, *columns.split()), ("sourcedId", *filled.split()), {"status": STATUSES} | dict(values or {}))


FILES: Mapping[str, Table] = {
    table.name: table
    for table in (
        _table("orgs", "name type identifier parentSourcedId", "name type", {"type": ORG_TYPES}),
        _table(
            "users",
            "enabledUser username userIds givenName familyName middleName identifier email sms phone agentSourcedIds grades password "
            "userMasterIdentifier resourceSourcedIds preferredGivenName preferredMiddleName preferredFamilyName primaryOrgSourcedId pronouns",
            "enabledUser givenName familyName",
            {"enabledUser": TRUTHS},
        ),
        _table(
            "roles",
            "userSourcedId roleType role beginDate endDate orgSourcedId userProfileSourcedId",
            "userSourcedId roleType role orgSourcedId",
            {"roleType": ROLE_TYPES, "role": frozenset(Role)},
        ),
        _table(
            "demographics",
            "birthDate sex americanIndianOrAlaskaNative asian blackOrAfricanAmerican nativeHawaiianOrOtherPacificIslander white "
            "demographicRaceTwoOrMoreRaces hispanicOrLatinoEthnicity countryOfBirthCode stateOfBirthAbbreviation cityOfBirth "
            "publicSchoolResidenceStatus",
            "",
            {"sex": SEXES},
        ),
        _table("academicSessions", "title type startDate endDate parentSourcedId schoolYear", "title type startDate endDate schoolYear"),
        _table("courses", "schoolYearSourcedId title courseCode grades orgSourcedId subjects subjectCodes", "title orgSourcedId"),
        _table(
            "classes",
            "title grades courseSourcedId classCode classType location schoolSourcedId termSourcedIds subjects subjectCodes periods",
            "title courseSourcedId schoolSourcedId",
        ),
        _table(
            "enrollments",
            "classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate",
            "classSourcedId userSourcedId role",
        ),
    )
}
# The files that a bundle may hold and a roster of teachers has no use for; the manifest names them all.
OTHERS = (
    "categories", "classResources", "courseResources", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "resources",
    "resultLearningObjectiveIds", "results", "resultScoreScales", "scoreScales", "userProfiles", "userResources",
)  # fmt: skip
