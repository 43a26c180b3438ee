"""Reading what a closing needs and left."""
