"""Queues: what waits to be taken up, and the families behind whom somebody stands."""
