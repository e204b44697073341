"""One partner: what it reported, what runs, who struggles with the same and whom to call."""
