"""The tables that people edit, described once: forms, grids, sheets, history and meetings read them here."""
