"""The room's labels and refusals in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import BatchState, RowState

ROW_STATES: Mapping[str, Promise] = {
    RowState.NEW: pgettext_lazy("roster row", "New"),
    RowState.CHANGED: pgettext_lazy("roster row", "Changed"),
    RowState.UNCHANGED: pgettext_lazy("roster row", "Unchanged"),
    RowState.REFUSED: pgettext_lazy("roster row", "Refused"),
}

BATCH_STATES: Mapping[str, tuple[str, Promise]] = {
    BatchState.WRITING: ("wait", pgettext_lazy("roster batch", "Half written")),
    BatchState.WRITTEN: ("ok", pgettext_lazy("roster batch", "Written")),
    BatchState.UNDOING: ("wait", pgettext_lazy("roster batch", "Half undone")),
    BatchState.UNDONE: ("plain", pgettext_lazy("roster batch", "Undone")),
}
OBSTACLES: Mapping[str, Promise] = {
    "activated": _("The account is in use."),
    "changed": _("Something was changed since."),
    "": _("Something was entered that names this person."),
}

# Why a cell is refused; and beside it, what would be accepted.
PROBLEMS: Mapping[str, Promise] = {
    "missing": _("The cell is empty."),
    "merged": _("The cell is part of a merged range, so it is not clear whose value it is."),
    "formula_error": _("The formula in this cell has no value."),
    "stored_as_number": _("Stored as a number: the spreadsheet has already lost digits."),
    "number_shape": _("Not 17 digits and a check character."),
    "number_first_generation": _("A first-generation number of 15 digits."),
    "number_province": _("No division begins with these two digits."),
    "number_birthday": _("Digits 7 to 14 are no possible birthday."),
    "number_check_digit": _("The check character does not fit: by the first 17 digits it is %(due)s."),
    "permit_shape": _("Not a number of this kind of document."),
    "name_shape": _("Not a person's name."),
    "name_long": _("Longer than 60 characters."),
    "unknown_value": _("Not in the list of values."),
    "gender_differs": _("The identity number says otherwise."),
    "day_shape": _("Not a day."),
    "hired_in_future": _("The day is in the future."),
    "hired_too_young": _("Before the sixteenth birthday."),
    "effective_in_future": _("The day is in the future."),
    "effective_too_early": _("Another change is on record since %(day)s."),
    "phone_shape": _("Not a mobile number."),
    "too_long": _("Longer than %(most)s characters."),
    "school_unknown": _("No such school among the ones you look after."),
    "school_ambiguous": _("Several schools have this name."),
    "duplicate_in_file": _("The same person already stands in row %(row)s."),
    "merged_person": _("This number belongs to a record that was merged into another one."),
    "already_elsewhere": _("This person is registered with a unit that you do not look after."),
}
REMEDIES: Mapping[str, Promise] = {
    "missing": _("Fill in the cell."),
    "merged": _("Unmerge the cells and give each row its own value."),
    "formula_error": _("Replace the formula by its value."),
    "stored_as_number": _("Format the column as text, then type the number again."),
    "number_shape": _("18 characters, for example 360803198503071234."),
    "number_first_generation": _("Enter the 18-character number of the present card."),
    "number_province": _("Compare with the identity card."),
    "number_birthday": _("Compare with the identity card."),
    "number_check_digit": _("Compare with the identity card."),
    "permit_shape": _("Compare with the document, and check the column of its kind."),
    "name_shape": _("At least two letters or Han characters; parts of a name are joined by ·."),
    "name_long": _("Shorten the name as the document does."),
    "unknown_value": _("One of: %(values)s."),
    "gender_differs": _("Mend the gender or the number."),
    "day_shape": _("Write it like 2015-09-01."),
    "hired_in_future": _("Today at the latest; hand the row in again once the person has begun."),
    "hired_too_young": _("Compare with the personnel file."),
    "effective_in_future": _("Today at the latest."),
    "effective_too_early": _("A later day, or leave the cell empty for today."),
    "phone_shape": _("11 digits beginning with 1, or leave the cell empty."),
    "too_long": _("Shorten it."),
    "school_unknown": _("Compare the name with the list of schools; a new school is added by the county first."),
    "school_ambiguous": _("Add a column with the county, or use the school's code."),
    "duplicate_in_file": _("Keep one of the two rows."),
    "merged_person": _("Use the number in force."),
    "already_elsewhere": _("Ask the county or the province to carry out the transfer, or delete the row."),
}
REFUSALS: Mapping[str, Promise] = {
    "roster_has_problems": _("%(count)s rows are refused, so nothing was imported. Mend them, or import only the good rows."),
    "roster_headings_missing": _("No row of headings was found with these columns: %(columns)s."),
    "roster_empty": _("The file has no row with a teacher."),
    "roster_too_long": _("The file has more than %(most)s rows. Divide it."),
    "schools_have_problems": _("Nothing was added: %(count)s rows need mending first."),
    "batch_not_so": _("This import stands elsewhere by now. Look at it again."),
    "batch_in_use": _("Nothing more was undone: on %(count)s people of this import something stands by now."),
    "batch_too_old": _("What stood before this import is no longer kept, so it cannot be undone as a whole."),
    "undo_reason_missing": _("Say why the import is undone."),
    "column_twice": _("Two headings cannot both be the column “%(column)s”."),
    "bundle_bad": _("The OneRoster bundle has mistakes: %(found)s"),
    "organisation_unknown": _("No office or school has the code or name “%(found)s”, or several have."),
    "county_unknown": _("“%(found)s” is no county of your branch."),
    "file_not_a_workbook": _("The file is not an .xlsx workbook, whatever its name says, or it is damaged."),
    "file_not_text": _("The file is neither an .xlsx workbook nor a readable CSV text."),
    "file_old_or_locked": _("This is an old .xls workbook or one with a password. Save it as .xlsx without a password."),
    "file_has_a_password": _("The workbook has a password. Save it without one."),
    "file_unpacks_too_large": _("Unpacked, the workbook is too large to be read."),
}
# Background work as its page names it: title, and labels of results that are not everyone's.
JOB_WORDS: Mapping[str, tuple[Promise, Mapping[str, Promise]]] = {
    "teachers.preview_roster": (_("Looking at a roster"), {}),
    "teachers.import_roster": (_("Importing a roster"), {}),
    "rosters.undo_batch": (_("Undoing an import"), {}),
}
