"""What people type on the public pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Identity and password."""

    identity = forms.CharField(
        label=_("Identity number, phone or sign-in name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "off", "spellcheck": "false", "autofocus": True}),
    )
    password = forms.CharField(label=_("Password"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


class ActivationForm(forms.Form):
    """Identity, the code on the slip, and a password of one's own, twice."""

    identity = forms.CharField(
        label=_("Identity number"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "off"})
    )
    code = forms.CharField(
        label=_("Activation code"),
        max_length=20,
        help_text=_("Eight characters on the slip from your school."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}),
    )
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
