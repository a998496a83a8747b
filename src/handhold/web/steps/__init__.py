"""The page of each step of a transfer, one view for all that the protocol drives; and the way to an exception."""
