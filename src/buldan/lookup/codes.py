"""Codes and coordinates as questions."""

from __future__ import annotations

import re
from functools import cache
from math import cos, degrees, radians, sin, sqrt, tan

from buldan.index import Index
from buldan.rules import read_table

__all__ = ["LONGEST_OF_LETTERS", "find_row_of_code", "parse_position"]

_NOWHERE = 999.0, 999.0
"""A position that is not on the globe, and is refused as such."""

_BAND_DEG, _METRES_OF_DEGREE = 8, 110_574
"""Degrees of latitude in a band of the military grid, and metres in a degree at the equator, where it is shortest."""

LONGEST_OF_LETTERS = 8
"""Maximum characters of a code without a digit, with a margin: SY-DR, SYR."""

_DIGIT = re.compile(r"\d")

_DECIMAL = re.compile(
    r"^\s*\(?\s*(-?\d{1,3}\.\d+)\s*°?\s*([NSEW]?)\s*[,;\s]\s*(-?\d{1,3}\.\d+)\s*°?\s*([NSEW]?)\s*\)?\s*$"
)
_ANGLE = r"(\d{1,3})\s*[°d]\s*(\d{1,2})\s*['’′m]\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|''|”|″|s)?)?\s*([NSEW])"
_SEXAGESIMAL = re.compile(rf"^\s*{_ANGLE}\s*[,;\s]?\s*{_ANGLE}\s*$", re.IGNORECASE)
_MGRS = re.compile(
    r"^\s*(\d{1,2})\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z])([A-HJ-NP-V])\s*(\d{2,5})\s*(\d{2,5})\s*$", re.IGNORECASE
)
_MGRS_JOINED = re.compile(
    r"^\s*(\d{1,2})\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z])([A-HJ-NP-V])\s*((?:\d\d){2,5})\s*$", re.IGNORECASE
)


def _may_be_code(text: str) -> bool:
    """Whether a text is short or has a digit, as all codes do. A cheap test that excludes most names."""
    return len(text) <= LONGEST_OF_LETTERS or _DIGIT.search(text) is not None


def find_row_of_code(index: Index, text: str) -> int | None:
    """Row of the place with this id, P-code, ISO 3166-2 or HASC code; None if the text is none of these."""
    asked = text.strip()
    if " " in asked or not asked.isascii() or not _may_be_code(asked):
        return None
    pcode = _read_unit_codes().get(asked.upper().replace(".", "-"))
    if pcode is not None:
        return index.find_row(pcode)
    return index.find_row(asked) if _DIGIT.search(asked) else None


@cache
def _read_unit_codes() -> dict[str, str]:
    return {code: pcode for code, pcode, _ in read_table("lookup/unit_codes")}


def parse_position(text: str) -> tuple[float, float] | None:
    r"""(lon, lat) of coordinates written as decimal degrees (latitude first), in degrees, minutes and seconds, or as
    MGRS; None for any other text.

    >>> parse_position("33.5138, 36.2765")
    (36.2765, 33.5138)
    >>> parse_position("٣٣٫٥١٣٨، ٣٦٫٢٧٦٥")
    (36.2765, 33.5138)
    >>> [round(number, 3) for number in parse_position("33°30'45\"N 36°18'00\"E")]
    [36.3, 33.513]
    >>> [round(number, 3) for number in parse_position("37S BT 47214 11437")]
    [36.279, 33.513]
    """
    if not _DIGIT.search(text):
        return None
    if "٫" in text:  # Arabic numbers have signs of their own for the point and the comma
        text = text.replace("٫", ".").replace("،", ",")
    if match := _DECIMAL.match(text):
        first, first_side, second, second_side = match.groups()
        numbers = [_sign_angle(float(first), first_side), _sign_angle(float(second), second_side)]
        lat, lon = reversed(numbers) if first_side in {"E", "W"} else numbers
    elif match := _SEXAGESIMAL.match(text):
        sides = match.group(4).upper(), match.group(8).upper()
        angles = [_make_angle(*match.groups()[:3]), _make_angle(*match.groups()[4:7])]
        numbers = [_sign_angle(angle, side) for angle, side in zip(angles, sides, strict=True)]
        lat, lon = reversed(numbers) if sides[0] in {"E", "W"} else numbers
    elif match := _MGRS.match(text) or _MGRS_JOINED.match(text):
        lon, lat = _convert_mgrs(*match.groups())
    else:
        return None
    return (lon, lat) if -90 <= lat <= 90 and -180 <= lon <= 180 else None


def _sign_angle(angle: float, side: str) -> float:
    return -angle if side in {"S", "W"} else angle


def _make_angle(whole: str, minutes: str, seconds: str | None) -> float:
    return int(whole) + int(minutes) / 60 + float(seconds or 0) / 3600


def _convert_mgrs(zone: str, band: str, column: str, row: str, *digits: str) -> tuple[float, float]:
    """(lon, lat) of a reference of the military grid; its squares are lettered again every three zones."""
    joined = "".join(digits)
    half = len(joined) // 2
    number, step = int(zone), 10 ** (5 - half)
    columns = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")[(number - 1) % 3]
    rows = "ABCDEFGHJKLMNPQRSTUV" if number % 2 else "FGHJKLMNPQRSTUVABCDE"
    if column.upper() not in columns:
        return _NOWHERE
    east = (columns.index(column.upper()) + 1) * 100_000 + int(joined[:half]) * step
    north = rows.index(row.upper()) * 100_000 + int(joined[half:]) * step
    # Rows repeat every 2,000 km; the band of latitude tells which time is meant.
    south = ("CDEFGHJKLMNPQRSTUVWX".index(band.upper()) - 10) * _BAND_DEG * _METRES_OF_DEGREE
    while north < south - 100_000:
        north += 2_000_000
    return _convert_utm(number, float(east), float(north))


def _convert_utm(zone: int, east: float, north: float) -> tuple[float, float]:
    """(lon, lat) of a northern UTM position on WGS 84 (Snyder 1987, Map Projections, p. 63)."""
    radius, scale, e2 = 6_378_137.0, 0.9996, 0.00669438
    ep2 = e2 / (1 - e2)
    e1 = (1 - sqrt(1 - e2)) / (1 + sqrt(1 - e2))
    mu = north / scale / (radius * (1 - e2 / 4 - 3 * e2**2 / 64 - 5 * e2**3 / 256))
    foot = mu + (3 * e1 / 2 - 27 * e1**3 / 32) * sin(2 * mu) + (21 * e1**2 / 16) * sin(4 * mu)
    foot += (151 * e1**3 / 96) * sin(6 * mu)
    c1, t1 = ep2 * cos(foot) ** 2, tan(foot) ** 2
    n1 = radius / sqrt(1 - e2 * sin(foot) ** 2)
    r1 = radius * (1 - e2) / (1 - e2 * sin(foot) ** 2) ** 1.5
    d = (east - 500_000) / (n1 * scale)
    fourth = (5 + 3 * t1 + 10 * c1 - 4 * c1**2 - 9 * ep2) * d**4 / 24
    lat = foot - n1 * tan(foot) / r1 * (d**2 / 2 - fourth)
    lon = radians(zone * 6 - 183) + (d - (1 + 2 * t1 + c1) * d**3 / 6) / cos(foot)
    return degrees(lon), degrees(lat)
