"""SCORM 1.2 and 2004: `imsmanifest.xml` read into items in order, whichever tool wrote it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from xingtan.foundation.refusal import Refused

from . import times, xml
from .addresses import href_in, with_parameters
from .archive import Archive, clean_path
from .facts import Item, ItemKind, PackageFacts, Standard
from .sequencing import sequencing_of

MANIFEST = "imsmanifest.xml"
LONGEST_TITLE = 160
MOST_ITEMS = 500
DEEPEST_ITEM = 20


def read_scorm(archive: Archive, manifest: str) -> PackageFacts:
    """The package as its manifest says; raises `Refused` naming the manifest, the item and the file that is missing."""
    root = xml.parse(archive.read(manifest, xml.MOST_XML), archive.name, manifest)
    if xml.local(root).lower() != "manifest":
        raise Refused("package_manifest_other", name=archive.name, place=manifest)
    standard, edition = _edition(root)
    organization = _organization(root)
    reader = _Items(archive, manifest, root, standard)
    items = tuple(reader.below(organization, 0)) if organization is not None else tuple(reader.lone())
    if not any(item.kind is not ItemKind.HEADING for item in items):
        raise Refused("package_no_items", name=archive.name, place=manifest)
    title = xml.text_of(xml.child(organization, "title")) or next((item.title for item in items), "")
    sequencing = sequencing_of(organization, root) if standard is Standard.SCORM2004 and organization is not None else {}
    return PackageFacts(
        standard,
        edition,
        title[:LONGEST_TITLE],
        items,
        length_s=_length(archive, root, organization),
        identifier=xml.attribute(root, "identifier")[:200],
        sequencing=sequencing,
    )


def _edition(root: Element) -> tuple[Standard, str]:
    """By the schema's version, else by the namespaces that the manifest declares use of."""
    said = xml.text_of(xml.child(root, "metadata", "schemaversion"))
    spaces = {name.rpartition("}")[0] for element in root.iter() for name in (element.tag, *element.attrib)}
    is_new = any(mark in space for space in spaces for mark in ("adlcp_v1p3", "imsss", "adlseq_v1p3", "adlnav_v1p3"))
    if said.startswith("1.2") or (not said and not is_new):
        return Standard.SCORM12, "SCORM 1.2"
    if "2004" in said or "CAM" in said or is_new:
        return Standard.SCORM2004, f"SCORM {said}" if "2004" in said else "SCORM 2004"
    return Standard.SCORM12, "SCORM 1.2"


def _organization(root: Element) -> Element | None:
    """The default organisation, else the first, else None."""
    group = xml.child(root, "organizations")
    found = xml.children(group, "organization")
    wanted = xml.attribute(group, "default")
    return next((one for one in found if xml.attribute(one, "identifier") == wanted), found[0] if found else None)


def _length(archive: Archive, root: Element, organization: Element | None) -> int:
    """Seconds that the package's own metadata call typical, else the sum over its items; 0 when nothing is said."""
    whole = [root, *([organization] if organization is not None else [])]
    for owner in whole:
        if found := _typical(archive, owner):
            return found
    items = organization.iter() if organization is not None else ()
    return sum(_typical(archive, one) for one in items if xml.local(one).lower() == "item")


def _typical(archive: Archive, owner: Element) -> int:
    metadata = xml.child(owner, "metadata")
    if metadata is None:
        return 0
    documents = [metadata, *_documents(archive, metadata)]
    for element in (one for document in documents for one in document.iter()):
        if xml.local(element).lower() == "typicallearningtime":
            return times.seconds_of(xml.text_of(xml.child(element, "datetime")) or xml.text_of(xml.child(element, "duration")) or "")
    return 0


def _documents(archive: Archive, metadata: Element) -> Iterator[Element]:
    """Metadata that stand in files of their own; one that cannot be read is left out, because nothing depends on it."""
    for pointer in xml.children(metadata, "location"):
        path = archive.find(clean_path(xml.text_of(pointer)) or "")
        if path is None:
            continue
        try:
            yield xml.parse(archive.read(path, xml.MOST_XML), archive.name, path)
        except Refused:
            continue


class _Items:
    """Reads the items of one manifest."""

    def __init__(self, archive: Archive, manifest: str, root: Element, standard: Standard) -> None:
        self.archive, self.manifest, self.standard = archive, manifest, standard
        group = xml.child(root, "resources")
        self.base = posixpath.join(xml.attribute(root, "base"), xml.attribute(group, "base"))
        self.resources = {xml.attribute(one, "identifier"): one for one in xml.children(group, "resource")}
        self.seen = 0

    def below(self, parent: Element, depth: int) -> Iterator[Item]:
        """The items below this one, in order, headings before what they head."""
        for element in xml.children(parent, "item"):
            self.seen += 1
            if self.seen > MOST_ITEMS or depth > DEEPEST_ITEM:
                raise Refused("package_too_many_items", name=self.archive.name, place=self.manifest, most=MOST_ITEMS)
            yield self._item(element, depth)
            yield from self.below(element, depth + 1)

    def lone(self) -> Iterator[Item]:
        """A manifest without an organisation: its first resource that reports, else the first with an address."""
        found = [one for one in self.resources.values() if xml.attribute(one, "href")]
        found.sort(key=lambda one: xml.attribute(one, "scormtype").lower() != "sco")
        for resource in found[:1]:
            key = xml.attribute(resource, "identifier")
            yield Item(key or "item", key or "item", self._kind(resource), href=self._href(resource, key, ""))

    def _kind(self, resource: Element) -> ItemKind:
        return ItemKind.SCO if xml.attribute(resource, "scormtype").lower() == "sco" else ItemKind.ASSET

    def _item(self, element: Element, depth: int) -> Item:
        key = xml.attribute(element, "identifier") or f"item-{self.seen}"
        title = xml.text_of(xml.child(element, "title"))[:LONGEST_TITLE] or key
        target = xml.attribute(element, "identifierref")
        if not target:
            return Item(key, title, ItemKind.HEADING, depth)
        resource = self.resources.get(target)
        if resource is None:
            raise Refused("package_item_without_resource", name=self.archive.name, place=self.manifest, item=title, resource=target)
        return Item(
            key,
            title,
            self._kind(resource),
            depth,
            href=self._href(resource, title, xml.attribute(element, "parameters")),
            launch_data=xml.text_of(xml.child(element, "datafromlms"))[:4096],
            mastery=self._mastery(element),
            max_time=xml.text_of(xml.child(element, "maxtimeallowed")) or self._limit(element),
            time_limit_action=xml.text_of(xml.child(element, "timelimitaction")),
            completion_threshold=self._threshold(element),
            is_visible=xml.attribute(element, "isvisible").lower() != "false",
        )

    def _href(self, resource: Element, item: str, parameters: str) -> str:
        href = xml.attribute(resource, "href")
        if not href:
            raise Refused("package_file_missing", name=self.archive.name, place="", manifest=self.manifest, item=item)
        base = posixpath.join(self.base, xml.attribute(resource, "base"))
        return with_parameters(href_in(self.archive, base, href, manifest=self.manifest, item=item), parameters)

    def _mastery(self, element: Element) -> str:
        """1.2: points of a hundred; 2004: the primary objective's least normalised measure; empty when there is none."""
        if self.standard is Standard.SCORM12:
            return xml.text_of(xml.child(element, "masteryscore"))
        objective = xml.child(element, "sequencing", "objectives", "primaryObjective")
        if xml.attribute(objective, "satisfiedByMeasure").lower() != "true":
            return ""
        return xml.text_of(xml.child(objective, "minNormalizedMeasure")) or "1.0"

    def _limit(self, element: Element) -> str:
        return xml.attribute(xml.child(element, "sequencing", "limitConditions"), "attemptAbsoluteDurationLimit")

    def _threshold(self, element: Element) -> str:
        found = xml.child(element, "completionThreshold")
        return xml.attribute(found, "minProgressMeasure") or xml.text_of(found)
