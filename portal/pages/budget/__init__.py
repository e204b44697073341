"""The budget: the four amounts of a subsidy file, whether they add up, and the lines behind every total."""
