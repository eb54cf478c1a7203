"""Numbers of people: which numbers count people, what happened to them, who says so, and the tolls they make."""
