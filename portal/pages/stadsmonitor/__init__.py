"""What inhabitants say in the survey: the published values, who comes first, and how sure a difference is."""
