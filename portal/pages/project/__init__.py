"""One project: where it stands, who is in, what it answers and what it reported."""
