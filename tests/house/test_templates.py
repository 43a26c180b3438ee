from __future__ import annotations

import pytest

from tools import templates


@pytest.mark.parametrize(
    "text",
    [
        '<p class="nw">{% trans "Hours" %}</p>',
        '<script src="/static/a.js" defer></script>',
        '<script type="application/json" id="rows">{"a": 1}</script>',
        "{# 中文 in a comment #}{% comment %}TODO{% endcomment %}<!-- style= -->",
        "{% blocktrans trimmed count n=rows %}a{% plural %}b{% endblocktrans %}",
        '<a href="https://www.example.org/">out</a>',
        '<option value="1">one</option>',
    ],
)
def test_a_good_template_passes(text):
    assert list(templates.problems_in(text)) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('<p style="color: red">', "inline style"),
        ("<style>p {}</style>", "inline style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<button onclick="go()">', "inline event handler"),
        ('<img src="https://elsewhere.example/a.png">', "asset from another host"),
        ("<p>学时</p>", "Han characters"),
        ("{% blocktrans %}a{% endblocktrans %}", "blocktrans without trimmed"),
        ("<p>TODO</p>", "mark of unfinished work"),
    ],
)
def test_a_bad_one_is_named_with_its_line(text, rule):
    [(line, said)] = list(templates.problems_in(f"<p>\n{text}\n"))
    assert line == 2
    assert said.startswith(rule)
