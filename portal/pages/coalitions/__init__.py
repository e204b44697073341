"""The coalitions: who joins which shared project, whether its lead fits its type, and what could be done together."""
