"""What was announced: the records, the schema they obey and the ledger that adds them up."""
