"""The guide inside the portal, per role and per page."""
