"""Wiring: settings, addresses and the server's entry point. No rules and no pages."""
