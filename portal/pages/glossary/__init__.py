"""What the words mean: the vision, the programme's words, the numbers."""
