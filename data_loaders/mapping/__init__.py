"""Somebody's own list beside the sheets of the portal: which sheet, row, column and word of it is what."""
