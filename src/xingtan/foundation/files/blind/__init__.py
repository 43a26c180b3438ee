"""Copies of documents that do not say whose they are: metadata gone, names in the text found."""

from .copying import KINDS, Blinded, CannotBlind, blinded, masked, names_in

__all__ = ["KINDS", "Blinded", "CannotBlind", "blinded", "masked", "names_in"]
