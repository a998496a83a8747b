"""The same actions and queries, spoken in JSON."""
