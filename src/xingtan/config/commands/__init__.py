"""The commands of `xingtan`: `options` says what each takes, a module each does the work (`run`)."""
