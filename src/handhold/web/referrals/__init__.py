"""Taking a referral in: is the family known, what the referrer said, the family where it is not on record."""
