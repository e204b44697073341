"""A meeting's page: what changed since the one before, what is decided and kept, what falls silent; and a screen for
the room."""
