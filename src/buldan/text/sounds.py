"""Names as sounds: the alphabet that both scripts share.

Arabic leaves short vowels out, Latin spells them in a dozen ways; the consonants carry the name. Here a word of
either script becomes a string of phonemes, one symbol each (`graphemes.tsv`), without its article; and the
phonemes become a skeleton, one letter a class of consonants that spellings confuse (`phonemes.tsv`).
`SOUNDS_VERSION` is raised when the outcome changes, so that an index made otherwise is rebuilt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain, islice, product
from typing import NamedTuple, TypeAlias

from buldan.text.folding import FOLD_VERSION, fold, fold_word
from buldan.text.joining import is_article, load_articles
from buldan.text.scripts import is_arabic
from buldan.text.tables import read_table
from buldan.text.words import split_words

__all__ = [
    "SOUNDS_VERSION",
    "Words",
    "count_articles",
    "derive_first_skeleton",
    "derive_plain_key",
    "derive_skeletons",
    "is_bare_article",
    "make_plain_key",
    "phonemes",
    "restore_last_word",
    "skeletons",
    "split_folded_words",
    "split_plain_words",
    "transcribe_words",
]

Words: TypeAlias = tuple[str, ...]

SOUNDS_VERSION = FOLD_VERSION * 100 + 6

_MOST_READINGS = 4
"""Readings of one name that are kept; a name of many doubtful letters has more, and they add nothing."""

_LONG_VOWELS = frozenset("āiuēō")
"""Sounds behind which an h at the end can be ح or ه of the root: an ending is written with a short vowel."""

_CONSTRUCT = re.compile(r"(?<=[a-z][a-z'‘’`ʻʼʿʾ])[aei]t$")
"""The t of a Latin teh marbuta before another word (Ma'arrat, Qal'at al-Hisn), which Arabic does not write."""

_APOSTROPHES = frozenset("'’")
_ELISION = re.compile(r"^[dl]['’](?=[aeiouéèêâ]\w)")
"""French de and le before a vowel: Gouvernorat d'Alep, Vallée de l'Oronte."""

_JOINED_SERVANT = re.compile(r"(abd(?=(?:ou|[aeiou])l\w{3})|عبد(?=ال\w{2}))(?:\w{1,2}l|ال)")
"""عبد with its article and the next word in one: Abdulaziz, عبدالعزيز."""

_JOINED_ARTICLE = re.compile(r"(?:[aeiu]l(?=[^aeiou\W])|[aeiou](?:(sh|ch|th|dh|[strdznj])(?=\1)))(?=\w{3})")
"""An article written into the word: Alhajar, Elnabk, Assuwayda, Ennabk."""


_BEGIN = re.compile(r"(?:\(\?<=[^)]*\)|\^)?(?:\[([^]]*)\]|(.))")
"""The letters that a grapheme may begin with, behind what it looks back at."""


class _Graphemes(NamedTuple):
    """The graphemes that begin with one letter: a pattern with an empty group behind each, and the phoneme of each."""

    pattern: re.Pattern[str]
    phonemes: tuple[str, ...]


@cache
def _compile_graphemes(script: str) -> dict[str, _Graphemes | str]:
    """The graphemes of a script by the letter that they begin with, the longest first; of a letter that is in no other
    grapheme, its phoneme.
    """
    rows = [(pattern, phoneme) for row_script, pattern, phoneme, _ in read_table("graphemes") if row_script == script]
    rows.sort(key=lambda row: -len(re.sub(r"\(\?<?[=!][^)]*\)|\[[^]]*]|[\^$]", "", row[0]) or "x"))
    of_letter: dict[str, list[tuple[str, str]]] = {}
    for pattern, phoneme in rows:
        for letter in "".join(filter(None, _BEGIN.match(pattern).groups())):  # type: ignore[union-attr]
            of_letter.setdefault(letter, []).append((pattern, phoneme))
    return {letter: _compile_letter(letter, graphemes) for letter, graphemes in of_letter.items()}


def _compile_letter(letter: str, graphemes: list[tuple[str, str]]) -> _Graphemes | str:
    if [pattern for pattern, _ in graphemes] == [letter]:
        return graphemes[0][1]
    # The empty group behind each pattern tells which one matched.
    return _Graphemes(
        re.compile("|".join(f"{pattern}()" for pattern, _ in graphemes)), tuple(phoneme for _, phoneme in graphemes)
    )


@cache
def _load_particles() -> dict[str, str]:
    return {form: plain for form, plain, _ in read_table("particles")}


@cache
def _load_skeleton_letters() -> dict[str, tuple[str, ...]]:
    """Skeleton letters of each phoneme, the likeliest first; () for those that a skeleton leaves out."""
    return {phoneme: tuple(filter(None, classes.split("|"))) for phoneme, classes, _ in read_table("phonemes")}


@cache
def _map_sounds_to_skeleton() -> tuple[dict[int, str], dict[int, str]]:
    """Tables for `str.translate`, for the first sound of a word and for the others: the letter of each sound in a
    skeleton. A sound with several letters stays as it is.
    """
    of_first = {
        ord(sound): letters[0] if letters else ""
        for sound, letters in _load_skeleton_letters().items()
        if len(letters) < 2
    }
    return of_first, of_first | {ord("w"): "", ord("y"): ""}


@lru_cache(maxsize=1 << 16)
def transcribe_word(word: str) -> str:
    """The phonemes of one lower-case word (as `split_words` gives it), articles not looked for.

    >>> transcribe_word("شيخ"), transcribe_word("cheikh"), transcribe_word("şêx")
    ('ʃyx', 'ʃēx', 'şex')
    """
    arabic = is_arabic(word)
    of_letter = _compile_graphemes("Arab" if arabic else "Latn")
    spelled = fold_word(word) if arabic else word
    heard: list[str] = []
    at = 0
    while at < len(spelled):
        graphemes = of_letter.get(spelled[at])
        at += 1
        if isinstance(graphemes, str):
            sound = graphemes
        elif graphemes is not None and (match := graphemes.pattern.match(spelled, at - 1)):
            sound, at = graphemes.phonemes[(match.lastindex or 0) - 1], match.end()
        else:
            continue
        if arabic or not heard or not sound or heard[-1] != sound[0]:
            heard.append(sound)
    return "".join(heard)


def _strip_article(word: str) -> str:
    """An Arabic word without ال, where two letters remain."""
    folded = fold_word(word)
    return folded[2:] if folded.startswith("ال") and len(folded) >= 4 else folded


def _is_article(word: str, following: str) -> bool:
    """Whether a Latin word is an article before the next one; accents are no matter (Aḑ Ḑab‘, Az̧ Z̧āhirah)."""
    if not word.isascii():
        word, following = fold_word(word), fold_word(following)
    return is_article(word, following)


@lru_cache(maxsize=1 << 13)
def split_plain_words(name: str) -> Words:
    """The words of a name, lower case, without articles, particles in their plain form.

    >>> split_plain_words("Deir ez-Zor"), split_plain_words("دير الزور")
    (('deir', 'zor'), ('دير', 'زور'))
    """
    words = _split_all_words(name)
    return _make_plain(words[0], True) if len(words) == 1 else tuple(_iter_plain_words(words))


@lru_cache(maxsize=1 << 8)
def split_folded_words(name: str) -> Words:
    """The plain words of a name, each folded; kept, for each stage of a lookup asks for those of the same name."""
    return tuple(map(fold_word, split_plain_words(name)))


@lru_cache(maxsize=1 << 8)
def _split_all_words(name: str) -> Words:
    """The words of a name without a French d' or l' before them; kept for the next question about it."""
    words = split_words(name)
    return tuple(words if _APOSTROPHES.isdisjoint(name) else [_ELISION.sub("", word) for word in words])


def _iter_plain_words(words: Words) -> Iterator[str]:
    """The plain words of a name, articles left out."""
    last = len(words) - 1
    for position, word in enumerate(words):
        if position == last or not _is_article(word, words[position + 1]):
            yield from _make_plain(word, position == last)


@lru_cache(maxsize=1 << 15)
def _make_plain(word: str, is_last: bool) -> Words:
    """A word of a name in its plain form, two where عبد is joined to the next one; kept, for most words come again."""
    joined = _JOINED_SERVANT.match(word)
    plain = word[joined.end() :] if joined else _load_particles().get(word, word)
    if is_arabic(plain):
        plain = _strip_article(plain)
    elif not is_last and len(plain) >= 4:
        plain = _CONSTRUCT.sub("ah", plain)
    return (joined.group(1), plain) if joined else (plain,)


def restore_last_word(words: Words, name: str) -> Words:
    """Words cut out of a name, the last as it is written: in "Zalaqit village" its -t joins nothing."""
    last = next((word for word in _split_all_words(name) if words and _CONSTRUCT.sub("ah", word) == words[-1]), None)
    return words if last is None else (*words[:-1], last)


def count_articles(name: str) -> int:
    """How many articles a name has, apart or joined; the same for a name and its romanisation.

    >>> count_articles("الحجر الأسود"), count_articles("Hajar el-Aswad"), count_articles("Elnabk")
    (2, 1, 1)
    """
    words = _split_all_words(name)
    count = 0
    for position, word in enumerate(words):
        if is_arabic(word):
            folded = fold_word(word)
            count += folded.startswith("ال") and len(folded) >= 4
        elif position < len(words) - 1 and _is_article(word, words[position + 1]):
            count += 1
        elif word[0] in "aeiou":  # as a joined article does: few words need the pattern
            count += bool(_JOINED_ARTICLE.match(word))
    return count


def is_bare_article(name: str) -> bool:
    """Whether a name is an article alone, or no word at all; an article before another one is a name: Al 'Al.

    >>> [is_bare_article(name) for name in ("Al", "ال", "...", "Al 'Al")]
    [True, True, True, False]
    """
    words = _split_all_words(name)
    if len(words) != 1:
        return not words
    return words[0] in load_articles() or fold_word(words[0]) == "ال"


@lru_cache(maxsize=1 << 8)
def make_plain_key(words: Words) -> str:
    """The folded words joined: equal for names that differ in articles, spaces and folded letters alone.

    Letters of scholars are spelled out before their marks are stripped: š is sh, and no s.

    >>> make_plain_key(("bab", "al", "hawa"))
    'babalhawa'
    """
    key, spelled_out = "".join(words), _load_spelled_out()
    if key.isascii() or spelled_out.keys().isdisjoint(map(ord, key)):
        return "".join(map(fold_word, words)).replace(" ", "")
    return fold(key.translate(spelled_out)).replace(" ", "")


def derive_plain_key(name: str) -> str:
    """The plain key of a name as it is written; empty if it has no words.

    >>> derive_plain_key("aš-Šaḥīl"), derive_plain_key("al-Shahil")
    ('shahil', 'shahil')
    """
    return make_plain_key(split_plain_words(name))


@cache
def _load_spelled_out() -> dict[int, str]:
    return {ord(letter): spelled for letter, spelled, _ in read_table("spelled_out")}


def transcribe_words(words: Words) -> str:
    """The phonemes of plain words, joined: spaces come and go (ديرالزور, Deir ez-Zor)."""
    return "".join(map(transcribe_word, words))


def derive_skeletons(words: Words) -> tuple[str, ...]:
    """Consonant keys of plain words, in up to eight readings, the likeliest first."""
    found = _iter_skeletons(words)
    opened = tuple(map(_strip_joined_article, words))
    if opened != words:
        found = chain(found, _iter_skeletons(opened))
    return tuple(islice(filter(None, dict.fromkeys(found)), 2 * _MOST_READINGS))


def derive_first_skeleton(words: Words) -> str:
    """The likeliest consonant key of plain words, empty where they have none: `derive_skeletons(words)[:1]`."""
    return "".join([_derive_word_skeletons(word)[0] for word in words]) or next(iter(derive_skeletons(words)), "")


def phonemes(name: str) -> str:
    """The phonemes of a name, words joined."""
    return transcribe_words(split_plain_words(name))


def skeletons(name: str) -> tuple[str, ...]:
    """Consonant keys of a name, the same in both scripts, the likeliest reading first.

    >>> skeletons("الحجر الأسود") == skeletons("al-Hajar al-Aswad")
    True
    >>> skeletons("Deir ez-Zor"), skeletons("ديرالزور")
    (('DRZR',), ('DRLZR',))
    """
    return derive_skeletons(split_plain_words(name))


def _iter_skeletons(words: Words) -> Iterable[str]:
    """Skeletons of the words joined, over the doubtful phonemes of all of them."""
    each = [_derive_word_skeletons(word) for word in words]
    if max(map(len, each), default=1) == 1:  # most names: no letter is in doubt
        return ("".join([reading for (reading,) in each]),)
    return islice(map("".join, product(*each)), _MOST_READINGS)


@lru_cache(maxsize=1 << 16)
def _derive_word_skeletons(word: str) -> tuple[str, ...]:
    """Skeletons of one word, as many as a name keeps: the first of the whole are made of the first of each word."""
    sounds, choices = transcribe_word(word), _load_skeleton_letters()
    endings = [""]
    if sounds.endswith("h"):
        # Behind a long vowel it may be a letter of the root (Salih, Jarouh, Shayyaah); else it is an ending.
        sounds, before = sounds[:-1], sounds[-2:-1]
        if before in _LONG_VOWELS:
            endings = ["", *choices["h"]] if before == "ā" else [*choices["h"], ""]
    of_first, of_others = _map_sounds_to_skeleton()
    skeleton = sounds[:1].translate(of_first) + sounds[1:].translate(of_others)
    if len(endings) == 1 and choices.keys().isdisjoint(skeleton):
        return (skeleton,)  # most words: no letter is in doubt
    letters = [choices.get(letter, (letter,)) for letter in skeleton]
    return tuple(islice(map("".join, product(*letters, endings)), _MOST_READINGS))


@lru_cache(maxsize=1 << 16)
def _strip_joined_article(word: str) -> str:
    return word if is_arabic(word) else _JOINED_ARTICLE.sub("", word, count=1)
