"""Frames to files, pure: bytes from tables, without database, request or user."""
