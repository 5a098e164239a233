"""What follows by rule from the name of a zone: other endings, with and without its seat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccgeo.places.normalise import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEW = 3
# Endings of zone names that stand for one another.
_ZONE_ENDINGS = tuple(
    tuple(group.split())
    for group in """
高新技术产业开发区 高新区 高新技术开发区 高新技术产业园区 高新技术产业园 高新技术产业区 高新技术区
经济技术开发区 经开区 经济开发区 经济技术区 经济技术开发园区
综合保税区 综保区 保税区 保税港区
自由贸易试验区 自贸区 自贸试验区
工业园区 工业园 产业园 产业园区 工业集中区 工业开发区 工业区
新区 新区直管区
economicandtechnologicaldevelopmentzone etdz economictechnologicaldevelopmentzone \
economicandtechnologicaldevelopmentarea economicandtechnologydevelopmentzone edz \
economicdevelopmentzone economicandtechnicaldevelopmentzone economicdevelopmentarea \
economicdevelopmentpark economictechnologicaldevelopmentarea \
nationaleconomicandtechnologicaldevelopmentzone
hightechindustrialdevelopmentzone hitechindustrialdevelopmentzone hightechzone hitechzone htdz \
hightechdevelopmentzone hitechdevelopmentzone hightechindustrialpark hitechindustrialpark \
hightechindustrialzone hitechindustrialzone hightechpark hitechpark hightechdistrict \
hightechindustrydevelopmentzone newandhightechindustrialdevelopmentzone hitechdistrict \
hightechnologyindustrialdevelopmentzone highandnewtechnologyindustrialdevelopmentzone \
nationalhightechzone newhightechzone hightechnologyzone hightechnologydevelopmentzone \
nationalhightechindustrialdevelopmentzone
comprehensivebondedzone cbz bondedzone bondedarea bondedport comprehensivefreetradezone \
integratedbondedzone integratedfreetradezone freetradeportarea comprehensivebondedarea
pilotfreetradezone ftz freetradezone pilotftz freetradepilotzone
newarea newdistrict
industrialpark industrypark industrialzone industrialdevelopmentzone industrialarea
centralbusinessdistrict cbd
sciencecity sciencetown scienceandtechnologycity scitechcity
newcity newtown
""".replace("\\\n", "")
    .strip()
    .splitlines()
)
_ZONE_WORDS = (("hitech", "hightech"), ("hightech", "hitech"))
_ZONE_PREFIXES = (
    "重庆市", "重庆", "四川省", "四川", "成都", "国家级", "国家", "中国",
    "chongqing", "sichuan", "chengdu", "national", "china",
)  # fmt: skip
_BRACKETS = re.compile(r"\s*[（(][^（()）]*[)）]\s*")


def zone_spellings(name: str, zone_id: str) -> Iterator[tuple[str, bool]]:
    """Yield the forms of a zone's name that texts write.

    Parameters
    ----------
    name : str
        Name in English or Chinese.
    zone_id : str
        Id of the zone; its beginning says in which province it lies.

    Yields
    ------
    tuple of str and bool
        Squeezed form, and whether it is as good as the name itself; a form without the seat
        of the zone is not.

    Examples
    --------
    >>> forms = dict(zone_spellings("Changshou ETDZ", "cq-changshou-etdz"))
    >>> forms["changshoueconomicdevelopmentzone"], forms["chongqingchangshouetdz"]
    (True, True)
    """
    key, shared = squeeze(name), squeeze(_BRACKETS.sub(" ", name))
    swapped = {key.replace(*words) for words in _ZONE_WORDS}
    forms = {form for one in {key, *swapped} for form in (one, *_other_endings(one))}
    yield from ((form, True) for form in sorted(forms))
    for form in sorted({_without_seat(form) for form in forms} - forms):
        if _says_enough(form):
            yield form, False
    yield from ((form, True) for form in sorted({_with_seat(f, zone_id) for f in forms} - forms))
    if shared != key and _says_enough(shared):
        yield shared, True


def _other_endings(key: str) -> Iterator[str]:
    for endings in _ZONE_ENDINGS:
        own = max((one for one in endings if key.endswith(one)), key=len, default="")
        if own:
            yield from (key.removesuffix(own) + other for other in endings)


def _without_seat(key: str) -> str:
    return next((key.removeprefix(p) for p in _ZONE_PREFIXES if key.startswith(p)), key)


def _with_seat(key: str, zone_id: str) -> str:
    chinese, english = ("重庆", "chongqing") if zone_id.startswith("cq-") else ("四川", "sichuan")
    seat = english if key.isascii() else chinese
    return key if seat in key or zone_id.startswith("x-") or len(key) <= _FEW else seat + key


def _says_enough(key: str) -> bool:
    """Return whether a shortened zone name still names one: more than the word for its kind."""
    bare = min((key.removesuffix(one) for ends in _ZONE_ENDINGS for one in ends), key=len)
    return len(bare) >= (5 if bare.isascii() else 2) and len(key) >= (8 if key.isascii() else 4)
