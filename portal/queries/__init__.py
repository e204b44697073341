"""Reads: what a viewer may see of the shared data, as frames with promised columns or frozen dataclasses."""
