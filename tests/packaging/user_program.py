"""A program as a user may write it, with every public name of `buldan`: mypy reads it, strictly, as any user's."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

import buldan


def describe_place(place: buldan.Place) -> str:
    names: tuple[buldan.Name, ...] = tuple(place.names)
    spellings = ", ".join(name.text for name in names if name.kind != "historical")
    where = f"{place.lon:.4f}, {place.lat:.4f}" if place.lon is not None and place.lat is not None else "nowhere"
    return f"{place.name('en')} ({place.pcode or place.id}) at {where}: {spellings}"


def best_match(gazetteer: buldan.Gazetteer, name: str) -> buldan.Match | None:
    matches: buldan.Matches = gazetteer.lookup(name, limit=3)
    for match in matches:
        if match.score >= 0.5 and not match.ambiguous:
            return match
    return None


def iter_sure_mentions(gazetteer: buldan.Gazetteer, text: str) -> Iterator[tuple[str, float]]:
    reading: buldan.Reading = gazetteer.geoparse(text)
    for mention in reading:
        yield describe_mention(mention), mention.confidence


def describe_mention(mention: buldan.Mention) -> str:
    return f"{mention.start}-{mention.end}: {mention.text}"


def find_place(gazetteer: buldan.Gazetteer, key: str) -> buldan.Place | None:
    try:
        return gazetteer.place(key)
    except buldan.PlaceNotFound:
        return None


def main() -> int:
    try:
        gazetteer = buldan.load()
        match = best_match(gazetteer, "يلدا")
        if match is not None:
            print(describe_place(match.place), match.score)
        for told, confidence in iter_sure_mentions(gazetteer, "خرج المقاتلون من يلدا وببيلا"):
            print(told, f"{confidence:.2f}")
        place = find_place(gazetteer, "C2302")
        if place is not None:
            print(describe_place(place))
        table = pd.DataFrame({"place": ["Yalda", "Nawa"], "governorate": ["Rif Dimashq", "Daraa"]})
        print(len(buldan.geocode(table["place"], within=table["governorate"])))
    except buldan.MissingExtra as missing:
        print(missing)
        return 3
    except (buldan.QueryError, buldan.SourceError, buldan.GazetteerError) as error:
        print(error)
        return 2
    except buldan.BuldanError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
