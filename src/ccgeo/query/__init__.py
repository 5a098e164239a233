"""What is asked: a selection, the entries that answer it, and sums that always close."""
