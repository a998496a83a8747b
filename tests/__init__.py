"""The proof: by layer, and journeys through pages. No file of `src` imports it."""
