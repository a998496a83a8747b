"""Who did and saw what, append-only and chained. It holds references and digests, no words about people."""
