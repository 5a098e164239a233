"""A box to look things up in: what fits is listed while a person types."""
