"""Commands of this repository: what `make` calls. Nothing of the product imports them."""
