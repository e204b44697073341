"""The portal: one Dash application over one shared database."""
