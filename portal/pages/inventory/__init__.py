"""The inventory: what was published, what is registered now, where it weighs and what nobody answers yet."""
