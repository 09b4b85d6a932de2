"""A thing that is named by a day of the year, or a street by how wide it is, in the ways that people write.

Our tables have each thing once, as 23 February Street and شارع 23 شباط. News writes February 23 Street, 23 Shubat
Street, and شارع الثالث والعشرين من شباط; a street thirty metres wide is Thirtieth, Thirty, 30th and Thalathin Street.
Months and days are rows of `months.tsv` and `ordinals_arabic.tsv` in `buldan/text/tables`, orders and widths of
`date_orders.tsv` and `street_numbers.tsv` here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from buldan.compile.tables import read_table
from buldan.text import load_arabic_ordinals, load_months

__all__ = ["name_by_day", "name_by_width"]

_ORDERS = tuple((lang, order) for lang, order, _ in read_table("date_orders"))
_WIDTHS = {(lang, form): number for number, lang, form, _ in read_table("street_numbers")}


def name_by_day(name: str, lang: str) -> Iterator[str]:
    """Further names of a thing whose name holds a day and its month, as 8 March and 8 آذار; none of any other.

    >>> list(name_by_day("8 March Souq", "en"))[:3]
    ['8 Mar Souq', '8 Adhar Souq', '8 Azar Souq']
    """
    if found := _DAYS[lang].search(name):
        day, month = found["day"], load_months()[lang, found["month"]]
        forms = [form for (of, form), one in load_months().items() if (of, one) == (lang, month)]
        for order in (order for of, order in _ORDERS if of == lang):
            for form in forms:
                date = order.format(day=day, month=form, th=_find_ending(int(day)), ordinal=load_arabic_ordinals()[day])
                if date != found[0]:
                    yield name[: found.start()] + date + name[found.end() :]


def name_by_width(name: str, lang: str) -> Iterator[str]:
    """Further names of a street whose name holds how wide it is, as Thirtieth Street and شارع الثلاثين.

    >>> list(name_by_width("Thirtieth Street of Idlib", "en"))[:2]
    ['Thirty Street of Idlib', '30th Street of Idlib']
    """
    if found := _STREETS[lang].search(name):
        number = _WIDTHS[lang, found[0]]
        for (of, form), one in _WIDTHS.items():
            if (of, one) == (lang, number) and form != found[0]:
                yield name[: found.start()] + form + name[found.end() :]


def _find_ending(day: int) -> str:
    """What English writes behind the number of a day: st, nd, rd or th."""
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _build_patterns(forms: dict[tuple[str, str], str]) -> dict[str, str]:
    """By language, a pattern of its forms, the longest first."""
    by_lang = defaultdict(list)
    for lang, form in sorted(forms, key=lambda key: -len(key[1])):
        by_lang[lang].append(re.escape(form))
    return {lang: "|".join(found) for lang, found in by_lang.items()}


_DAYS = {
    lang: re.compile(rf"\b(?P<day>[12]?[1-9]|[123]0|31) (?P<month>{forms})\b")
    for lang, forms in _build_patterns(load_months()).items()
}
_STREETS = {lang: re.compile(rf"\b(?:{numbers})\b") for lang, numbers in _build_patterns(_WIDTHS).items()}
