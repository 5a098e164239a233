"""What is known about one thing: totals as short tables with bars, and the records with sources."""
