"""What registers of each size cost, on made-up ones."""
