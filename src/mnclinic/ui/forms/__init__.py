"""Forms from data: fields and their rules, what was typed, its undoing, and one builder for the screen."""
