"""Xingtan 杏坛: a region's teachers keep learning, and what they earn is true, counted rightly, and accepted everywhere."""
