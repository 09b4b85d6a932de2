"""Positions that people type into a search box, with or without a name."""

from __future__ import annotations

import re

from buldan.geometry import Point

__all__ = ["split_position"]

# Both numbers need a decimal point: "10, 20" may be a house and a street, "33.5, 36.3" is a position.
_DECIMAL = r"\[?\s*(?P<lat>[+-]?\d{1,3}\.\d+)\s*°?(?:\s*,\s*|\s+)(?P<lon>[+-]?\d{1,3}\.\d+)\s*°?\s*\]?"


def _write_axis_pattern(name: str, letters: str, *, before: bool) -> str:
    """A pattern of degrees, minutes and seconds of one axis, with its compass letter before or after them."""
    letter = rf"(?P<{name}_side>[{letters}])"
    # Minutes may have decimals (33° 30.5'), like seconds.
    number = r"\d+(?:\.\d+)?"
    amount = (
        rf"(?P<{name}>{number})\s*°?"
        rf"(?:\s*(?P<{name}_min>{number})\s*['′]?)?"
        rf"(?:\s*(?P<{name}_sec>{number})\s*[\"″]?)?"
    )
    return rf"{letter}\s*{amount}" if before else rf"{amount}\s*{letter}"


_COMPASS = [
    rf"{_write_axis_pattern('lat', 'NS', before=before)}[\s,]+{_write_axis_pattern('lon', 'EW', before=before)}"
    for before in (True, False)
]
_POSITIONS = [
    re.compile(pattern, re.IGNORECASE)
    # The forms with compass letters first: parts of them could be read as decimal degrees.
    for position in (*_COMPASS, _DECIMAL)
    # The look-around excludes a part of a longer number or word: 10.0.0.1, B33.5 36.3.
    for pattern in (rf"(?P<rest>.*?)(?<![\w.]){position}\s*", rf"\s*{position}(?![\w.])[\s,]*(?P<rest>.*)")
]


def split_position(text: str) -> tuple[str, Point | None]:
    """The rest of a text without the position at its beginning or end, and the position; None if there is none.

    Latitude comes first, as people write it. The forms are decimal degrees, and degrees with minutes and seconds and
    compass letters. The position is not checked: a text may have a latitude of more than 90 degrees.

    >>> split_position("souk, N 33° 30 36 E 36° 18")
    ('souk', Point(lon=36.3, lat=33.51))
    >>> split_position("10.0.0.1")
    ('10.0.0.1', None)
    """
    for position in _POSITIONS:
        found = position.fullmatch(text)
        if found:
            return found["rest"].strip(" ,\t\n"), Point(
                _parse_degrees(found, "lon", "W"), _parse_degrees(found, "lat", "S")
            )
    return text, None


def _parse_degrees(found: re.Match[str], axis: str, negative_side: str) -> float:
    parts = found.groupdict()
    minutes, seconds = (float(parts.get(f"{axis}_{unit}") or 0) for unit in ("min", "sec"))
    degrees = float(parts[axis]) + minutes / 60 + seconds / 3600
    side = parts.get(f"{axis}_side") or ""
    # About a centimetre: the division of seconds gives many digits.
    return round(-degrees if side.upper() == negative_side else degrees, 7)
