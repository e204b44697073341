"""The ateliers: what is late, how far each result is, who reached it, and when the rest is due."""
