"""The person's own page: what is shown to them, what they tell, and what the clinic makes of it."""
