"""The first page: the region at a glance, and the ways on that this role uses."""
