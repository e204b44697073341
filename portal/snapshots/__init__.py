"""The state a meeting saw, as plain values: what differs between two of them, and what of that a meeting hears.

Pure: nothing here knows a database, a request or a user. `queries.meetings.state` fills a state, freezing a
meeting keeps it.
"""
