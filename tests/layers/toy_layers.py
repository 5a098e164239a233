"""Boundaries and anchors made in code: five square districts in two rows."""

from __future__ import annotations

import geopandas as gpd
import shapely
from toy_entries import DISTRICTS

from ccgeo.layers.flows import Anchor


def toy_units(codes=DISTRICTS, area_km2=100.0) -> gpd.GeoDataFrame:
    """Return one square a unit, side by side, sorted by code."""
    rows = [
        {
            "adcode": adcode,
            "level": "district",
            "name_en": f"Unit {adcode}",
            "name_zh": f"单元{adcode}",
            "area_km2": area_km2,
            "label_lon": 100.5 + number,
            "label_lat": 30.5,
        }
        for number, adcode in enumerate(sorted(codes))
    ]
    squares = [shapely.box(100 + number, 30, 101 + number, 31) for number in range(len(rows))]
    return gpd.GeoDataFrame(rows, geometry=squares, crs="EPSG:4326")


ANCHORS = {
    "SG": Anchor("Singapore", "新加坡", 103.85, 1.29),
    "US": Anchor("United States", "美国", -77.04, 38.9),
    "ASEAN": Anchor("ASEAN", "东盟", 106.85, -6.21),
    "500103": Anchor("Yuzhong", "渝中区", 106.55, 29.55),
    "510104": Anchor("Jinjiang", "锦江区", 104.1, 30.6),
    "circle": Anchor("The circle", "经济圈", 105.3, 30.1),
}
KINDS = {"SG": "partner", "US": "partner", "ASEAN": "bloc"}
