"""What people type at the entrance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

CODE = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


class CodeForm(forms.Form):
    """A code of the app or a recovery code, or what a passkey answered."""

    code = forms.CharField(
        label=_("Verification code"), max_length=20, required=False, widget=forms.TextInput(attrs={**CODE, "autofocus": True})
    )
    passkey = forms.CharField(required=False, widget=forms.HiddenInput)


class AppForm(forms.Form):
    """The code that the app shows now."""

    code = forms.CharField(
        label=_("The six digits that the app shows now"), max_length=12, widget=forms.TextInput(attrs={**CODE, "inputmode": "numeric"})
    )


class PasskeyForm(forms.Form):
    """A word to know the passkey by, and what it answered."""

    name = forms.CharField(label=_("Name of this passkey"), max_length=40, help_text=_("Where it is kept, for example: office computer."))
    passkey = forms.CharField(widget=forms.HiddenInput)


class NewPasswordForm(forms.Form):
    """A password of one's own, twice."""

    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        help_text=_("At least 8 characters, not only digits."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same, and not too easy."""
        given = super().clean() or {}
        password, again = given.get("password"), given.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        elif password:
            try:
                validate_password(password)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return given


class ChangeForm(NewPasswordForm):
    """The present password, then the new one."""

    old = forms.CharField(
        label=_("Present password"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    field_order = ("old", "password", "again")


class AskForm(forms.Form):
    """Who cannot sign in any more."""

    identity = forms.CharField(
        label=_("Identity number, phone or sign-in name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "off", "spellcheck": "false", "autofocus": True}),
    )


class RedeemForm(NewPasswordForm):
    """Who, the code on the slip, and a new password."""

    identity = AskForm.base_fields["identity"]
    code = forms.CharField(
        label=_("Code on the slip"), max_length=20, help_text=_("Eight characters; good once."), widget=forms.TextInput(attrs=CODE)
    )
    field_order = ("identity", "code", "password", "again")


class CardForm(NewPasswordForm):
    """The learning card's number, the end of the identity number, and a password."""

    card = forms.CharField(
        label=_("Number of the learning card"),
        max_length=30,
        widget=forms.TextInput(attrs={**CODE, "inputmode": "numeric", "autofocus": True}),
    )
    ending = forms.CharField(
        label=_("Last six characters of your identity number"), min_length=6, max_length=6, widget=forms.TextInput(attrs=CODE)
    )
    field_order = ("card", "ending", "password", "again")
