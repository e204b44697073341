"""One challenge: what it is, what answers it, and who has it too."""
