"""Today: the day's visits and what each still lacks."""
