"""The same question on ten entries or on a hundred million: one expression, any engine."""
