"""Writes: every change of the shared data is one of these, and nothing else writes."""
