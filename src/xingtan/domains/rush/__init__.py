"""Opening morning: presses for seats in the order of arrival, each answered after the commit that holds it."""
