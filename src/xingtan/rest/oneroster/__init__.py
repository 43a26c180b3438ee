"""OneRoster 1.2 rostering over REST: what a key may see of the register and of who studies what, for systems beside ours."""
