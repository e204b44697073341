"""Keeping the portal alive: is it well, and can it be brought back."""


class OperationRefused(Exception):
    """It cannot be done as asked; the text is one Dutch sentence, and nothing was changed."""
