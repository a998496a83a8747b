"""The page of each step of a transfer: one view for all, driven by the protocol; and the way to an exception."""
