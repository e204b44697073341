"""One result: how far it is, what works on it, and who takes it over."""
