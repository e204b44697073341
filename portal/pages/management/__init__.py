"""Looking after the portal: users, synonyms, imports, the archive and the trace."""
