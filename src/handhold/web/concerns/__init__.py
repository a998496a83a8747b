"""Safeguarding concerns: reporting one from anywhere, seeing that it was received, receiving and deciding it."""
