"""The columns of a roster, the headings and words that people use for them, and the one that the register prefers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xingtan.domains.teachers.api import Gender, Honour, IdentityKind, Position, Stage, Status, Subject, Title


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, the heading of the template, other headings taken for it, whether a roster needs it, its width and an example."""

    key: str
    heading: str
    also: tuple[str, ...] = ()
    is_required: bool = False
    width: int = 12
    example: str = ""


COLUMNS: tuple[Column, ...] = (
    Column("name", "姓名", ("教师姓名",), is_required=True, example="林知微"),
    Column("identity_kind", "身份证件类型", ("证件类型", "证件种类"), width=14, example="居民身份证"),
    Column(
        "number",
        "身份证件号码",
        ("身份证号", "身份证号码", "证件号码", "证件号", "身份证"),
        is_required=True,
        width=22,
        example="360803198503071239",
    ),
    Column("gender", "性别", is_required=True, width=6, example="女"),
    Column("county", "区县", ("县区", "所在区县", "县(市、区)"), width=10),
    Column(
        "school",
        "学校",
        ("学校名称", "所在学校", "任教学校", "单位", "工作单位", "单位名称"),
        is_required=True,
        width=28,
        example="青禾实验小学",
    ),
    Column("stage", "学段", ("任教学段",), is_required=True, width=8, example="小学"),
    Column("subject", "学科", ("任教学科", "学科名称"), is_required=True, width=14, example="语文"),
    Column("position", "岗位", ("岗位类别", "职务"), width=10, example="教师"),
    Column("title", "职称", ("专业技术职务", "职称等级"), width=14, example="一级教师"),
    Column("honour", "荣誉", ("荣誉称号", "骨干类别"), example="骨干教师"),
    Column("hired_on", "入职日期", ("入职时间", "任教日期", "参加工作日期"), is_required=True, width=12, example="2007-09-01"),
    Column("phone", "手机号码", ("手机号", "手机", "联系电话", "移动电话"), width=14, example="13800000000"),
    Column("staff_number", "教师编号", ("工号", "教师号", "人员编号", "教职工号"), width=14),
    Column("status", "人员状态", ("状态", "在岗状态"), width=10, example="在岗"),
    Column("effective_on", "生效日期", ("变更日期", "变更生效日期"), width=12),
)
BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
REQUIRED: tuple[str, ...] = tuple(column.key for column in COLUMNS if column.is_required)
ROSTER_HEADINGS: Mapping[str, str] = {column.key: column.heading for column in COLUMNS}
PROBLEM_HEADING = "问题"

# The first word of each value is the one that workbooks of ours use.
WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "identity_kind": {
        IdentityKind.RESIDENT: ("居民身份证", "身份证", "港澳台居民居住证", "外国人永久居留身份证"),
        IdentityKind.HK_MACAU: ("港澳居民来往内地通行证", "港澳通行证", "回乡证"),
        IdentityKind.TAIWAN: ("台湾居民来往大陆通行证", "台胞证"),
        IdentityKind.PASSPORT: ("护照", "外国护照"),
    },
    "gender": {Gender.FEMALE: ("女", "女性"), Gender.MALE: ("男", "男性")},
    "stage": {
        Stage.KINDERGARTEN: ("幼儿园", "学前", "学前教育", "幼儿"),
        Stage.PRIMARY: ("小学",),
        Stage.JUNIOR: ("初中", "初级中学"),
        Stage.SENIOR: ("高中", "普通高中", "高级中学"),
    },
    "subject": {
        Subject.CHINESE: ("语文",),
        Subject.MATHEMATICS: ("数学",),
        Subject.ENGLISH: ("英语", "外语"),
        Subject.ETHICS_LAW: ("道德与法治", "品德", "思想品德", "政治", "思想政治"),
        Subject.PHYSICS: ("物理",),
        Subject.CHEMISTRY: ("化学",),
        Subject.BIOLOGY: ("生物", "生物学"),
        Subject.HISTORY: ("历史",),
        Subject.GEOGRAPHY: ("地理",),
        Subject.SCIENCE: ("科学",),
        Subject.INFORMATION: ("信息科技", "信息技术"),
        Subject.GENERAL_TECHNOLOGY: ("通用技术",),
        Subject.MUSIC: ("音乐",),
        Subject.ART: ("美术",),
        Subject.SPORTS: ("体育与健康", "体育"),
        Subject.LABOUR: ("劳动", "综合实践", "综合实践活动"),
        Subject.PSYCHOLOGY: ("心理健康", "心理"),
        Subject.PRESCHOOL: ("学前教育", "幼儿教育", "五大领域"),
        Subject.SPECIAL: ("特殊教育", "特教"),
    },
    "position": {
        Position.TEACHER: ("教师", "专任教师"),
        Position.CLASS_HEAD: ("班主任",),
        Position.PRINCIPAL: ("校长", "副校长"),
        Position.KINDERGARTEN_HEAD: ("园长", "副园长"),
        Position.TUTOR: ("辅导教师",),
    },
    "title": {
        Title.NONE: ("无", "未评", "未定级"),
        Title.THIRD: ("三级教师", "三级"),
        Title.SECOND: ("二级教师", "二级"),
        Title.FIRST: ("一级教师", "一级"),
        Title.SENIOR: ("高级教师", "高级", "副高级"),
        Title.PROFESSOR: ("正高级教师", "正高级", "正高"),
    },
    "honour": {
        Honour.NONE: ("无",),
        Honour.BACKBONE: ("骨干教师",),
        Honour.SUBJECT_LEADER: ("学科带头人",),
        Honour.SPECIAL_GRADE: ("特级教师",),
    },
    "status": {
        Status.IN_POST: ("在岗", "在职"),
        Status.ON_LEAVE: ("离岗", "休假", "病休"),
        Status.LEFT: ("离职", "调出", "辞职"),
        Status.RETIRED: ("退休",),
    },
}
VALUE_OF: Mapping[str, Mapping[str, str]] = {
    key: {word: str(value) for value, words in values.items() for word in words} for key, values in WORDS.items()
}


def word_for(key: str, value: object) -> str:
    """The workbook's word for a value of a column; any other value as text."""
    words = WORDS.get(key, {}).get(str(value))
    return words[0] if words else str(value)


def accepted(key: str) -> str:
    """The values that a column takes, as a sentence lists them."""
    return "、".join(words[0] for words in WORDS[key].values())
