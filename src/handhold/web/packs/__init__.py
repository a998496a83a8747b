"""The pack of a transfer and the family's letter: what is in them, and the papers themselves."""
