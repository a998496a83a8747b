"""A transfer: how one begins, its page, its messages, its story, its documents."""
