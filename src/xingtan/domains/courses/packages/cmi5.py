"""cmi5: `cmi5.xml` read into assignable units in order, blocks as headings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from xingtan.foundation.refusal import Refused

from . import xml
from .addresses import href_in
from .archive import Archive
from .facts import Item, ItemKind, PackageFacts, Standard

MANIFEST = "cmi5.xml"
LONGEST_TITLE = 160
MOST_ITEMS = 500
DEEPEST_ITEM = 20
MOVE_ON = {"Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable"}


def read_cmi5(archive: Archive, manifest: str) -> PackageFacts:
    """The course structure; raises `Refused` naming the unit and what is wrong with it."""
    root = xml.parse(archive.read(manifest, xml.MOST_XML), archive.name, manifest)
    if xml.local(root) != "courseStructure":
        raise Refused("package_manifest_other", name=archive.name, place=manifest)
    course = xml.child(root, "course")
    items = tuple(_Units(archive, manifest).below(root, 0))
    if not any(item.kind is ItemKind.AU for item in items):
        raise Refused("package_no_items", name=archive.name, place=manifest)
    title, title_en = _words(xml.child(course, "title"))
    identifier = xml.attribute(course, "id")[:200]
    return PackageFacts(Standard.CMI5, "cmi5 1.0", title or items[0].title, items, identifier=identifier, title_en=title_en)


def _words(element: Element | None) -> tuple[str, str]:
    """The text for readers of Chinese (else the first there is), and the English one."""
    said = {xml.attribute(one, "lang").lower(): xml.text_of(one)[:LONGEST_TITLE] for one in xml.children(element, "langstring")}
    chinese = next((text for language, text in said.items() if language.startswith("zh")), "")
    english = next((text for language, text in said.items() if language.startswith("en")), "")
    return chinese or next(iter(said.values()), ""), english


class _Units:
    """Reads the units of one course structure."""

    def __init__(self, archive: Archive, manifest: str) -> None:
        self.archive, self.manifest, self.keys = archive, manifest, set[str]()

    def below(self, parent: Element, depth: int) -> Iterator[Item]:
        """Blocks and units in order, a block before what it holds."""
        for element in xml.children(parent, "au", "block"):
            if len(self.keys) >= MOST_ITEMS or depth > DEEPEST_ITEM:
                raise Refused("package_too_many_items", name=self.archive.name, place=self.manifest, most=MOST_ITEMS)
            yield self._item(element, depth)
            if xml.local(element) == "block":
                yield from self.below(element, depth + 1)

    def _item(self, element: Element, depth: int) -> Item:
        title, title_en = _words(xml.child(element, "title"))
        key = xml.attribute(element, "id")
        title = title or key or f"{len(self.keys) + 1}"
        if not key or key in self.keys:
            raise Refused("package_unit_needs_id", name=self.archive.name, place=self.manifest, item=title)
        self.keys.add(key)
        if xml.local(element) == "block":
            return Item(key, title, ItemKind.HEADING, depth, title_en=title_en)
        address = xml.text_of(xml.child(element, "url"))
        return Item(
            key,
            title,
            ItemKind.AU,
            depth,
            href=href_in(self.archive, "", address, manifest=self.manifest, item=title),
            launch_data=xml.text_of(xml.child(element, "launchParameters")),
            mastery=self._mastery(element, title),
            activity=key,
            move_on=self._move_on(element, title),
            launch_method=xml.attribute(element, "launchMethod") or "AnyWindow",
            entitlement=xml.text_of(xml.child(element, "entitlementKey")),
            title_en=title_en,
        )

    def _mastery(self, element: Element, title: str) -> str:
        said = xml.attribute(element, "masteryScore")
        try:
            is_right = not said or 0 <= Decimal(said) <= 1
        except InvalidOperation:
            is_right = False
        if not is_right:
            raise Refused("package_mastery_unclear", name=self.archive.name, place=self.manifest, item=title, said=said[:20])
        return said

    def _move_on(self, element: Element, title: str) -> str:
        said = xml.attribute(element, "moveOn") or "NotApplicable"
        if said not in MOVE_ON:
            raise Refused("package_move_on_unknown", name=self.archive.name, place=self.manifest, item=title, said=said[:40])
        return said
