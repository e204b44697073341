"""The shared database: engine, base, models and migrations."""
