"""What is wrong with a package, in sentences that name the file inside it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PACKAGE_REFUSALS: dict[str, str | Promise] = {
    "package_not_a_zip": _("%(name)s is not a zip archive, or it was damaged on the way. Export it again and upload the file unchanged."),
    "package_has_a_password": _("%(name)s: %(place)s is locked with a password. Export the package without one."),
    "package_too_many_files": _("%(name)s holds %(count)s files; at most %(most)s are taken."),
    "package_unpacks_too_large": _("%(name)s is larger than %(most_mb)s MB when unpacked."),
    "package_bomb": _("%(name)s: %(place)s would grow to hundreds of times its size when unpacked. Such an archive is not opened."),
    "package_path_outside": _("%(name)s: the path “%(place)s” leads out of the package. Such an archive is not opened."),
    "package_link": _("%(name)s: %(place)s is a link to another file. Put the file itself into the package."),
    "package_twice": _("%(name)s holds %(place)s twice."),
    "package_method_unknown": _("%(name)s: %(place)s is compressed in a way that is not read here. Pack it again as an ordinary zip."),
    "package_damaged": _("%(name)s: %(place)s cannot be unpacked; the archive is damaged."),
    "package_no_manifest": _("%(name)s has no imsmanifest.xml, cmi5.xml or h5p.json, so it is no SCORM, cmi5 or H5P package."),
    "package_two_roots": _("%(name)s holds several packages side by side (%(places)s). Upload each of them by itself."),
    "package_manifest_too_large": _("%(name)s: %(place)s is larger than %(most_mb)s MB."),
    "package_manifest_other": _("%(name)s: %(place)s is not the manifest its name promises."),
    "package_text_unreadable": _("%(name)s: the text of %(place)s is neither UTF-8, UTF-16 nor GB 18030."),
    "package_xml_unreadable": _("%(name)s: %(place)s is broken XML at line %(line)s."),
    "package_xml_entities": _("%(name)s: %(place)s defines entities of its own. Such XML is not opened."),
    "package_xml_too_deep": _("%(name)s: %(place)s is nested too deeply."),
    "package_no_items": _("%(name)s: %(place)s names nothing that can be opened."),
    "package_too_many_items": _("%(name)s: %(place)s names more than %(most)s items."),
    "package_item_without_resource": _("%(name)s: “%(item)s” in %(place)s points to the resource %(resource)s, which is not there."),
    "package_file_missing": _("%(name)s: %(manifest)s names the file “%(place)s” for “%(item)s”, and it is not in the package."),
    "package_address_elsewhere": _("%(name)s: “%(item)s” in %(place)s opens %(address)s. Only what lies in the package is played."),
    "package_unit_needs_id": _("%(name)s: “%(item)s” in %(place)s has no id, or one that is given twice."),
    "package_mastery_unclear": _("%(name)s: the mastery score %(said)s of “%(item)s” in %(place)s is no number from 0 to 1."),
    "package_move_on_unknown": _("%(name)s: “%(item)s” in %(place)s has the unknown moveOn %(said)s."),
    "package_h5p_unreadable": _("%(name)s: %(place)s is not the JSON of an H5P package."),
    "package_library_missing": _("%(name)s: the library %(library)s is not in the package. Export it with its libraries."),
}
