"""One box for people, families and agencies."""
