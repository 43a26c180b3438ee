"""Policy packs and the training years that are bound to them."""
