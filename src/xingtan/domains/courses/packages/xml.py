"""XML of strangers: no entities, no document types that define anything, bounded depth, in whatever encoding it was written.

The parser is the standard library's expat with a tree builder; text is decoded here, because expat knows no GB 18030 and packages of the
field are written in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from xingtan.foundation.refusal import Refused

MOST_XML = 8 << 20
DEEPEST = 60
MOST_ELEMENTS = 100_000
DECLARED = re.compile(r"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CHINESE = {"gb2312", "gbk", "gb18030", "cp936", "x-gbk"}


def decoded(raw: bytes, name: str, place: str) -> str:
    """The text by its mark, else by its declaration, else UTF-8, else GB 18030; raises `Refused`."""
    for encoding in _encodings(raw):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Refused("package_text_unreadable", name=name, place=place)


def _encodings(raw: bytes) -> Iterator[str]:
    for mark, encoding in MARKS.items():
        if raw.startswith(mark):
            yield encoding
    if raw[:2] == b"<\0":
        yield "utf-16-le"
    if raw[:2] == b"\0<":
        yield "utf-16-be"
    found = DECLARED.match(raw[:300].decode("latin-1"))
    if found and not found[1].lower().startswith("utf-16"):
        yield "gb18030" if found[1].lower() in CHINESE else found[1]
    yield "utf-8"
    yield "gb18030"


def parse(raw: bytes, name: str, place: str) -> Element:
    """The root of the document, names as `namespace}local`; raises `Refused` naming the file and the line."""
    text = DECLARATION.sub("", decoded(raw, name, place), count=1)
    builder, parser = TreeBuilder(), expat.ParserCreate(namespace_separator="}")
    state = {"depth": 0, "count": 0}

    def refuse_entity(*_given: object) -> None:
        raise Refused("package_xml_entities", name=name, place=place)

    def start(tag: str, attributes: dict[str, str]) -> None:
        state["depth"] += 1
        state["count"] += 1
        if state["depth"] > DEEPEST or state["count"] > MOST_ELEMENTS:
            raise Refused("package_xml_too_deep", name=name, place=place)
        builder.start(tag, attributes)

    def end(tag: str) -> None:
        state["depth"] -= 1
        builder.end(tag)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, builder.data
    parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = refuse_entity
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, ValueError) as broken:
        line = getattr(broken, "lineno", 1)
        raise Refused("package_xml_unreadable", name=name, place=place, line=line) from None
    return builder.close()


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element | None, *names: str) -> list[Element]:
    """The element's children with one of these local names, in order, whatever their case."""
    wanted = {name.lower() for name in names}
    return [] if element is None else [child for child in element if local(child).lower() in wanted]


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along the path of local names, or None."""
    for name in path:
        found = children(element, name)
        if not found:
            return None
        element = found[0]
    return element


def text_of(element: Element | None) -> str:
    """The element's text with spaces made single; empty for None."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def attribute(element: Element | None, name: str) -> str:
    """The value of the attribute with this local name, whatever its namespace and case; empty when absent."""
    if element is None:
        return ""
    wanted = name.lower()
    return next((value.strip() for key, value in element.attrib.items() if key.rpartition("}")[2].lower() == wanted), "")
