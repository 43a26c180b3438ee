"""What looks wrong in learned time, for human eyes: evidence, a queue, a decision with its reason, an appeal."""
