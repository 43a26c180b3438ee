"""What is needed, and what each level plans for its year: needs asked, head counts, budgets, targets, answers."""
