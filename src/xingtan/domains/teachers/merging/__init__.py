"""Two rows of the register that are one person: found, merged as an alias, told apart again."""
