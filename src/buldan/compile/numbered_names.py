"""Further names of places named by a day of the year, and of streets named by their width.

Our tables have each place once, as 23 February Street and شارع 23 شباط. News writes February 23 Street, 23 Shubat
Street, and شارع الثالث والعشرين من شباط; a street thirty metres wide is Thirtieth, Thirty, 30th and Thalathin Street.
Months and days are in `months.tsv` and `ordinals_arabic.tsv` of `buldan/text/tables`, word orders and widths in
`date_orders.tsv` and `street_numbers.tsv` of `compile/tables`.
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
    """Further names of a place whose name contains a day and its month, as 8 March or 8 آذار; none for other names.

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
    """Further names of a street whose name contains its width, as Thirtieth Street and شارع الثلاثين.

    >>> list(name_by_width("Thirtieth Street of Idlib", "en"))[:2]
    ['Thirty Street of Idlib', '30th Street of Idlib']
    """
    if found := _STREETS[lang].search(name):
        number = _WIDTHS[lang, found[0]]
        for (of, form), one in _WIDTHS.items():
            if (of, one) == (lang, number) and form != found[0]:
                yield name[: found.start()] + form + name[found.end() :]


def _find_ending(day: int) -> str:
    """The English ending of the ordinal number of a day: st, nd, rd or th."""
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _build_patterns(forms: dict[tuple[str, str], str]) -> dict[str, str]:
    """A regular expression of the forms of each language, the longest first."""
    by_lang = defaultdict(list)
    for lang, form in sorted(forms, key=lambda key: -len(key[1])):
        by_lang[lang].append(re.escape(form))
    return {lang: "|".join(found) for lang, found in by_lang.items()}


_DAYS = {
    lang: re.compile(rf"\b(?P<day>[12]?[1-9]|[123]0|31) (?P<month>{forms})\b")
    for lang, forms in _build_patterns(load_months()).items()
}
_STREETS = {lang: re.compile(rf"\b(?:{numbers})\b") for lang, numbers in _build_patterns(_WIDTHS).items()}
