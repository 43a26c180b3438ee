"""Opening morning: thousands press for a seat within a minute; each is answered after the commit that holds what was decided."""
