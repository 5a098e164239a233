"""Where: codes, names, boundaries and how places lie in one another."""
