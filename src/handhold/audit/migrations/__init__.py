"""The tables of the audit, and the chain."""
