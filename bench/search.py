"""Searching a province's register: `python -m bench.search [teachers] [sqlite|postgres]`; a new database of its own, gone afterwards.

For each way of typing the 50th and 95th percentile of what a page asks (the first fifty and how many), in milliseconds, for the whole
province and for one county, beside the same by a LIKE over the names. Also how fast the table of tokens is built.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import django

from tools import postgres

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史黎贺顾毛郝龚邵万钱严赖覃洪武莫孔"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文慧建红玉兰梅春燕小晓志国海云飞鹏雪婷宇浩然子轩欣怡佳嘉俊思雨晨梦瑶诗涵一诺知微远山清青禾书成永安宁博文康乐庆德世荣光辉东南西北"
COUNTIES, PORTION, ASKED = 100, 20_000, 60
NOW = datetime(2026, 9, 1, tzinfo=UTC)


def names(count: int, seed: int = 5) -> Iterator[str]:
    """So many names of two to three letters, the same every time."""
    draw = random.Random(seed)  # noqa: S311 -- a measurement
    for _ in range(count):
        yield draw.choice(SURNAMES) + "".join(draw.choice(GIVEN) for _ in range(draw.choice((1, 2, 2, 2))))


def main(count: int, engine: str) -> None:
    """The figures are printed."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"XINGTAN_HOME": home, "DJANGO_SETTINGS_MODULE": "xingtan.config.settings"}
        server = postgres.start("") if engine == "postgres" else None
        if server:
            os.environ["XINGTAN_DATABASE_URL"] = server.url
        try:
            django.setup()
            measure(count)
        finally:
            if server:
                server.stop()


def measure(count: int) -> None:
    """The register stands, its tokens are built, every way of typing is asked."""
    # Models need the settings of this measurement.
    from django.core.management import call_command  # noqa: PLC0415 -- once Django is set up

    from bench.search_register import ask, build  # noqa: PLC0415 -- once Django is set up

    call_command("migrate", verbosity=0)
    places = build(count, names(count), COUNTIES, (NOW, date(2015, 9, 1)))
    from xingtan.domains.teachers import api as teachers  # noqa: PLC0415 -- once Django is set up

    begin = time.perf_counter()
    teachers.rebuild_search()
    taken = time.perf_counter() - begin
    print(f"{count:,} teachers, tokens built in {taken:.1f} s ({count / taken:,.0f} teachers a second)")
    for where, scope in places.items():
        for how, (typed, asked, scanned) in ask(scope, ASKED).items():
            print(f"{where:9}{how:10}{spread(typed, asked)}   LIKE {spread(typed, scanned)}")


def spread(typed: list[str], asked: Callable[[str], object]) -> str:
    """The 50th and the 95th percentile of asking for each of these, in milliseconds."""
    taken = []
    for text in typed:
        begin = time.perf_counter()
        asked(text)
        taken.append((time.perf_counter() - begin) * 1000)
    return f"p50 {statistics.median(taken):6.1f}  p95 {statistics.quantiles(taken, n=20)[-1]:6.1f} ms"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, sys.argv[2] if len(sys.argv) > 2 else "sqlite")
