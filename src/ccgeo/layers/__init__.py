"""The answer as layers: features, style and legend built once for screen, file and figure."""
