"""The demonstration's schools and teachers: invented, always the same, with numbers whose check digits are right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from xingtan.domains.teachers.api import Gender, Honour, IdentityKind, Position, Stage, Subject, Title, identity_check_digit

SEED = 20261121
COUNTY, STRANGERS_COUNTY = "360803", "360802"
HOMES = ("360803",) * 6 + ("360802", "360821", "360822", "360823", "360824", "360825", "360826", "360827", "360828", "360830", "360881")
PLACES = re.findall(
    "..",
    "青禾云亭锦溪望江白露松岭竹溪桃源杏林碧波朝阳春晓景行明远弘毅求是思源崇文致和启明文澜书院濂溪龙湖凤栖东塘南塘西塘北塘上坊"
    "下坊石桥长坑大源小源枫树梅岭兰田荷塘莲花水口双溪三江五峰七里花园向阳团结红星前进新圳老街河滨江畔湖心山前",
)
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万"
    "段雷钱汤尹黎易常武乔贺赖龚文单解仇查区朴"
)
FEMALE = "芳娜敏静丽艳娟霞玲桂英华慧巧美雅芝萍红月彩春菊兰凤洁梅琳素云莲真环雪荣爱妹香莹佳嘉琼勤珍贞莉婷宁蓓纨仪荷瑾颖露瑶怡婵雁希馨艺咏卿聪澜悦昭冰爽琬茗羽知微"
MALE = "伟刚勇毅俊峰强军平保东文辉力明永健世广志义兴良海山仁波宁贵福生龙元全国胜学祥才发武新利清飞彬富顺信子杰涛昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐"
PRIMARY = (
    *((Subject.CHINESE,) * 7), *((Subject.MATHEMATICS,) * 6), *((Subject.ENGLISH,) * 2), Subject.ETHICS_LAW, Subject.SCIENCE,
    Subject.MUSIC, Subject.ART, *((Subject.SPORTS,) * 2), Subject.INFORMATION, Subject.LABOUR, Subject.PSYCHOLOGY,
)  # fmt: skip
JUNIOR = (
    *((Subject.CHINESE,) * 4), *((Subject.MATHEMATICS,) * 4), *((Subject.ENGLISH,) * 4), Subject.PHYSICS, Subject.PHYSICS, Subject.CHEMISTRY,
    Subject.BIOLOGY, Subject.HISTORY, Subject.GEOGRAPHY, Subject.ETHICS_LAW, Subject.MUSIC, Subject.ART, Subject.SPORTS, Subject.INFORMATION,
)  # fmt: skip
SUBJECTS = {
    Stage.KINDERGARTEN: (Subject.PRESCHOOL,),
    Stage.PRIMARY: PRIMARY,
    Stage.JUNIOR: JUNIOR,
    Stage.SENIOR: (*JUNIOR, Subject.PHYSICS, Subject.CHEMISTRY, Subject.GENERAL_TECHNOLOGY),
}
# How many schools of a kind: their name's ending, stage, how many teachers each, how many of them are rural.
KINDS = (
    ("小学", Stage.PRIMARY, 30, 48, 12),
    ("初级中学", Stage.JUNIOR, 13, 66, 6),
    ("幼儿园", Stage.KINDERGARTEN, 16, 18, 4),
    ("高级中学", Stage.SENIOR, 4, 132, 0),
)
FIRST_YEARS = 2021  # whoever was hired before is no new hire in any year of the demonstration
ANNEXES = 3


@dataclass(frozen=True, slots=True)
class School:
    """A school of the demonstration; an annex is a village's teaching point."""

    county: str
    name: str
    code: str
    stage: Stage
    size: int
    is_rural: bool
    is_annex: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A teacher of the demonstration, as a roster's row says it."""

    name: str
    kind: IdentityKind
    number: str
    gender: Gender
    school: School
    stage: Stage
    subject: Subject
    position: Position
    title: Title
    honour: Honour
    hired_on: date
    phone: str
    staff_number: str


def schools_of(county: str = COUNTY, every: int = 1) -> list[School]:
    """The county's schools (or every n-th of them); the first is the one where Lin teaches, or in the other county the one where Wu does."""
    if county == STRANGERS_COUNTY:
        return [School(county, "螺川路实验小学", "3608020001", Stage.PRIMARY, 40, is_rural=False)]
    made: list[School] = []
    for ending, stage, count, size, rural in KINDS:
        for at in range(count):
            name = f"{PLACES[at]}{'实验' if at == 0 and stage is Stage.PRIMARY else '中心' if at >= count - rural else ''}{ending}"
            made.append(School(county, name, f"{county}{len(made) + 1:04d}", stage, size + (at * 7) % 11 - 5, at >= count - rural))
    for at in range(ANNEXES):
        made.append(
            School(county, f"{PLACES[-1 - at]}教学点", f"{county}{len(made) + 1:04d}", Stage.PRIMARY, 5, is_rural=True, is_annex=True)
        )
    return made[::every]


@cache
def people_of(county: str = COUNTY, every: int = 1) -> tuple[Person, ...]:
    """Every teacher of the county, the cast first: in the demonstration county Lin, in the other one Wu."""
    random = Random(f"{SEED}-{county}")  # noqa: S311 -- invented people, the same on every machine
    numbers = _numbers(random)
    made = [_cast(county)]
    for school in schools_of(county, every):
        made += [_person(random, numbers, school, at) for at in range(len(made) == 1, school.size)]
    return (*made, *_uncommon(schools_of(county, every)[1:])) if county == COUNTY else tuple(made)


def newcomer() -> Person:
    """A colleague of Lin's who has chosen nothing yet: whoever takes the tour walks the year in her place."""
    lin, *others = people_of()
    own = (one for one in others if one.school == lin.school and one.subject == lin.subject)
    return next(one for one in own if one.position is Position.TEACHER and one.hired_on.year < FIRST_YEARS)


def _cast(county: str) -> Person:
    school = schools_of(county)[0]
    name, first17 = ("林知微", "36080319900412902") if county == COUNTY else ("吴向晚", "36080219880923904")
    return Person(
        name=name,
        kind=IdentityKind.RESIDENT,
        number=first17 + identity_check_digit(first17),
        gender=Gender.FEMALE,
        school=school,
        stage=Stage.PRIMARY,
        subject=Subject.CHINESE,
        position=Position.TEACHER,
        title=Title.FIRST,
        honour=Honour.NONE,
        hired_on=date(2013, 9, 1),
        phone=f"199{county[-3:]}99999",
        staff_number=f"{county}00001",
    )


def _numbers(random: Random) -> Iterator[tuple[Gender, date, str]]:
    """Gender, birthday and a number that nobody of the demonstration had before."""
    given: set[str] = set()
    while True:
        gender = Gender.FEMALE if random.random() < 0.68 else Gender.MALE
        born = date(random.randint(1967, 2003), random.randint(1, 12), random.randint(1, 28))
        order = random.randrange(900, 1000, 2) + (gender is Gender.MALE)
        first17 = f"{random.choice(HOMES)}{born:%Y%m%d}{order:03d}"
        if first17 not in given:
            given.add(first17)
            yield gender, born, first17 + identity_check_digit(first17)


def _name(random: Random, gender: Gender) -> str:
    given = FEMALE if gender is Gender.FEMALE else MALE
    surname = "欧阳" if random.random() < 0.006 else random.choice(SURNAMES[:40] if random.random() < 0.7 else SURNAMES)
    return surname + "".join(random.choice(given) for _ in range(1 if random.random() < 0.18 else 2))


def _person(random: Random, numbers: Iterator[tuple[Gender, date, str]], school: School, at: int) -> Person:
    gender, born, number = next(numbers)
    hired = min(born.year + random.randint(22, 25), 2026)
    head = Position.KINDERGARTEN_HEAD if school.stage is Stage.KINDERGARTEN else Position.PRINCIPAL
    position = head if at < 2 and not school.is_annex else Position.CLASS_HEAD if random.random() < 0.34 else Position.TEACHER
    title = _title(random, 2026 - hired)
    serial = int(school.code[-4:]) * 1000 + at
    return Person(
        name=_name(random, gender),
        kind=IdentityKind.RESIDENT,
        number=number,
        gender=gender,
        school=school,
        stage=school.stage,
        subject=random.choice(SUBJECTS[school.stage]),
        position=position,
        title=title,
        honour=_honour(random, title),
        hired_on=date(hired, 8 if hired == 2026 else 9, 1),
        phone=f"199{school.county[-3:]}{serial % 100_000:05d}",
        staff_number=f"{school.county}{serial:07d}",
    )


def _title(random: Random, years: int) -> Title:
    if years < 1:
        return Title.NONE
    reach = years + random.randint(-3, 4)
    ladder = ((26, Title.PROFESSOR if random.random() < 0.03 else Title.SENIOR), (15, Title.SENIOR), (7, Title.FIRST), (1, Title.SECOND))
    return next((title for least, title in ladder if reach >= least), Title.THIRD)


def _honour(random: Random, title: Title) -> Honour:
    if title not in (Title.SENIOR, Title.PROFESSOR):
        return Honour.NONE
    drawn = random.random()
    return (
        Honour.SPECIAL_GRADE if drawn < 0.01 else Honour.SUBJECT_LEADER if drawn < 0.05 else Honour.BACKBONE if drawn < 0.2 else Honour.NONE
    )


def _uncommon(schools: Sequence[School]) -> list[Person]:
    """Documents and names that a register must take as well."""
    rows = (
        ("阿依古丽·买买提", IdentityKind.RESIDENT, "36080319920306922", Gender.FEMALE),
        ("陈嘉欣", IdentityKind.HK_MACAU, "H02468135", Gender.FEMALE),
        ("许文彦", IdentityKind.TAIWAN, "08642135", Gender.MALE),
        ("Anna-Maria Keller", IdentityKind.PASSPORT, "C5XR41K7P", Gender.FEMALE),
        ("王𬭎", IdentityKind.RESIDENT, "36080319860719933", Gender.MALE),
    )
    return [
        Person(
            name=name,
            kind=kind,
            number=number + (identity_check_digit(number) if kind is IdentityKind.RESIDENT else ""),
            gender=gender,
            school=school,
            stage=school.stage,
            subject=Subject.ENGLISH if "Anna" in name else SUBJECTS[school.stage][0],
            position=Position.TEACHER,
            title=Title.SECOND,
            honour=Honour.NONE,
            hired_on=date(2019, 9, 1),
            phone=f"19980399{at:03d}",
            staff_number=f"36080399{at:03d}",
        )
        for at, ((name, kind, number, gender), school) in enumerate(zip(rows, schools, strict=False))
    ]
