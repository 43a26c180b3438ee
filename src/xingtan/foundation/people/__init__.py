"""Accounts, the roles they hold in a branch, and who is acting now."""
