"""The simulator: two or three ways to give natalizumab, on virtual people of one kind; exploratory, no rule uses it."""
