"""Weekly meetings: what is to come, the agenda with its decisions, the record."""
