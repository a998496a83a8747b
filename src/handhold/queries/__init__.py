"""Frozen answers for screens and reports. Nothing here changes anything."""
