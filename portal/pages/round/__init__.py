"""The progress round: who still has to report before the next steering group, and one screen a project to do so."""
