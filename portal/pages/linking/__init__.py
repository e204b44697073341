"""Linking challenges and projects, from the page of either: for who may change one of the two."""
