"""Likeness of short Dutch texts: pure, knows no database, user or clock."""
