"""Takes an untrusted file apart in a process of its own: no database, no settings, no secrets.

`python -m data_loaders.parsing` reads a file from standard input and writes one line of JSON per filled row.
"""
