"""One subject: like challenges beside each other, what to decide of them, and the coalition that may start from it."""
