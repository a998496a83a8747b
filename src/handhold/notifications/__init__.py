"""The outbox of messages and the channels that carry them. What a message is about is decided elsewhere."""
