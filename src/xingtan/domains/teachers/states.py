"""The lists of values that a teacher's facts are made of."""

from __future__ import annotations

from enum import StrEnum


class IdentityKind(StrEnum):
    """Which document the identity number belongs to."""

    RESIDENT = "resident"
    HK_MACAU = "hk_macau"
    TAIWAN = "taiwan"
    PASSPORT = "passport"


class Gender(StrEnum):
    """As the register says."""

    FEMALE = "female"
    MALE = "male"


class Stage(StrEnum):
    """学段."""

    KINDERGARTEN = "kindergarten"
    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"


class Subject(StrEnum):
    """学科."""

    CHINESE = "chinese"
    MATHEMATICS = "mathematics"
    ENGLISH = "english"
    ETHICS_LAW = "ethics_law"
    PHYSICS = "physics"
    CHEMISTRY = "chemistry"
    BIOLOGY = "biology"
    HISTORY = "history"
    GEOGRAPHY = "geography"
    SCIENCE = "science"
    INFORMATION = "information"
    GENERAL_TECHNOLOGY = "general_technology"
    MUSIC = "music"
    ART = "art"
    SPORTS = "sports"
    LABOUR = "labour"
    PSYCHOLOGY = "psychology"
    PRESCHOOL = "preschool"
    SPECIAL = "special"


class Position(StrEnum):
    """岗位."""

    TEACHER = "teacher"
    CLASS_HEAD = "class_head"
    PRINCIPAL = "principal"
    KINDERGARTEN_HEAD = "kindergarten_head"
    TUTOR = "tutor"


class Title(StrEnum):
    """职称, the lowest first."""

    NONE = ""
    THIRD = "third"
    SECOND = "second"
    FIRST = "first"
    SENIOR = "senior"
    PROFESSOR = "professor"


class Honour(StrEnum):
    """特级教师, 学科带头人, 骨干教师."""

    NONE = ""
    BACKBONE = "backbone"
    SUBJECT_LEADER = "subject_leader"
    SPECIAL_GRADE = "special_grade"


class Status(StrEnum):
    """Whether the teacher is in post."""

    IN_POST = "in_post"
    ON_LEAVE = "on_leave"
    LEFT = "left"
    RETIRED = "retired"
    MERGED = "merged"


class FactKind(StrEnum):
    """The dated facts that rules need (A3)."""

    SCHOOL = "school"
    STAGE = "stage"
    SUBJECT = "subject"
    POSITION = "position"
    TITLE = "title"
    HIRED_ON = "hired_on"
    HONOUR = "honour"
    STATUS = "status"
    NAME = "name"
    PHONE = "phone"
