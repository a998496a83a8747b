"""Papers of partners: sending one in, the lists of who receives them, matching and registering; mail that came back."""
