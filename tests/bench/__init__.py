"""The portal's callbacks against a bare Dash callback that does the same work, in one run: `make bench`."""
