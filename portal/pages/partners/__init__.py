"""All partners: where each stands, and the way to its page."""
