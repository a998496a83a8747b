"""A transfer: beginning one, its page, its messages, its story, its documents."""
