"""Who may see and do what: fetch, permission and lock in one, and the only door to a record."""
