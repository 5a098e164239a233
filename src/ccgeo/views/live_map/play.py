"""What travels to the live map when its years are opened: whole numbers by place and year."""

from __future__ import annotations

import hashlib
import json
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccgeo.layers.choropleth import Choropleth
    from ccgeo.layers.flows import Flows
    from ccgeo.layers.years import YearCube

_KEY = itemgetter(0)


def cube_payload(cube: YearCube, choropleth: Choropleth, flows: Flows) -> dict[str, Any]:
    """Say a cube in plain numbers.

    Parameters
    ----------
    cube : YearCube
        Sums by place and year.
    choropleth : Choropleth
        Units and class limits of the map.
    flows : Flows
        Lines of the map; their width legend is kept while the years run.

    Returns
    -------
    dict
        JSON, described in ``assets/types.js``. Amounts are whole fen (0.01 CNY), so that the
        browser adds up the same numbers as the server; ``key`` names the content.

    Examples
    --------
    >>> from ccgeo.layers.answer import answer
    >>> from ccgeo.layers.years import build_year_cube
    >>> from ccgeo.query.selection import DEFAULT_SELECTION, View
    >>> shown = answer(DEFAULT_SELECTION, View(level="province"))
    >>> cube = build_year_cube(shown.selection, shown.view)
    >>> cube_payload(cube, shown.choropleth, shown.flows)["years"]
    [2002, 2026]
    """
    units = choropleth.units
    adcodes = sorted(units["adcode"].tolist())
    spots = {adcode: spot for spot, adcode in enumerate(adcodes)}
    partners = sorted({partner for partner, *_ in cube.flows})
    places = sorted({place for _, place, *_ in cube.flows})
    spot_of = {name: spot for names in (partners, places) for spot, name in enumerate(names)}
    areas = dict(zip(units["adcode"], units["area_km2"].tolist(), strict=True))
    content = {
        "years": list(cube.years),
        "bins": list(choropleth.bins),
        "areas": [areas[adcode] for adcode in adcodes],
        "units": [
            [spots[adcode], year, *sums.tolist()]
            for (adcode, year), sums in sorted(cube.units.items(), key=_KEY)
        ],
        "flows": {
            "partners": partners,
            "places": places,
            "rows": [
                [spot_of[partner], spot_of[place], int(outbound), year, *sums.tolist()]
                for (partner, place, outbound, year), sums in sorted(cube.flows.items(), key=_KEY)
            ],
            "top": max((step.amount_cny for step in flows.legend.steps), default=0.0),
        },
    }
    text = json.dumps(content, separators=(",", ":"))
    return {"key": hashlib.sha256(text.encode()).hexdigest()[:16], **content}
