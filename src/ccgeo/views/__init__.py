"""LOOK: the live map, the standalone map, small maps, charts and figures of the layers."""
