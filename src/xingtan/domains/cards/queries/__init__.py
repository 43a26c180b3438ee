"""Reading cards, parcels, reports and purchases, scope first."""
