"""My work: every role's first page."""
