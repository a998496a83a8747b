"""Plain data in, PDF bytes out. No model, query or rule belongs here."""
