"""Who saw what of whom: looks at a record, numbers unmasked, exports that left the house."""
