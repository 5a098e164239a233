"""What every page has around its own parts: spacing, visible focus, words for screen readers."""
