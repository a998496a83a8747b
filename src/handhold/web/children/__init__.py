"""Children: one child's page, and the index that says that a child is known."""
