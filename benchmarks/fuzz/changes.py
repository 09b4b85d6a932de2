"""Inputs made from seeds: pieces taken out, doubled, exchanged, and put in where they do not belong."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

__all__ = ["iter_inputs"]

_TOKENS = [
    *(
        token.encode()
        for token in ("", " ", "\n", "\r\n", "\t", ",", ";", "|", "/", "-", "(", ")", '"', "'", "&", "=", "%")
    ),
    *(
        token.encode()
        for token in ("ال", "و", "ب", "ل", "لل", "ـ", "ّ", "\u200f", "\u202e", "\u200d", "\ufeff", "\u2028")
    ),
    *(
        token.encode()
        for token in ("ريف", "حلب", "شمال", "12 كم", "بين حمص وحماة", "محافظة", "al-", "Deir ez-", "km", "between")
    ),
    *(
        token.encode()
        for token in ("٣٫٥", "१२", "½", "Ⅻ", "ﷺ", "ﻻ", "🇸🇾", "👩‍🚀", "İ", "ß", "ǅ", "中文", "ܕܡܫܩ", "\x00", "\x1b[31m")
    ),
    *(b"%00 %E2%80 %ED%A0%80 %FF %u0041 %2e%2e%2f + ;".split()),
    *(b"-1 0 1e309 nan inf -inf 1e-400 0x10 1_000 9223372036854775808 00 1,2,3 ,, 180.0000001 90.1 true null".split()),
    *(b"=1+1 @SUM(A1) <script> ' OR 1=1-- ${7*7} {{7*7}} ../../etc/passwd file:///etc/passwd C2302 SY01 bd".split()),
    *(b'[] {} [[ {{ ]] }} [null] {"a":1} \xff \xed\xa0\x80 \xc0\x80 \xfe\xff'.split()),
    b"a" * 300,
    "ا".encode() * 300,
    "َ".encode() * 200,
    b"9" * 400,
]
"""Pieces at which readers of text, numbers, JSON, tables and addresses have gone wrong before."""


def iter_inputs(seeds: Sequence[bytes], *, seed: int) -> Iterator[bytes]:
    """Inputs without end, the same for the same seed; each is one of `seeds` with one to six changes."""
    rng = random.Random(seed)
    while True:
        data = rng.choice(seeds)
        for _ in range(1 + min(5, int(rng.expovariate(0.6)))):
            data = rng.choice(_CHANGES)(data, seeds, rng)
        yield data[:20_000]


def _take_out(data: bytes, _: Sequence[bytes], rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + data[end:]


def _put_in(data: bytes, _: Sequence[bytes], rng: random.Random) -> bytes:
    start, end = _span(data, rng) if rng.random() < 0.5 else (rng.randint(0, len(data)),) * 2
    return data[:start] + rng.choice(_TOKENS) + data[end:]


def _put_in_letter(data: bytes, _: Sequence[bytes], rng: random.Random) -> bytes:
    at = rng.randint(0, len(data))
    letter = chr(rng.choice((rng.randrange(0x20, 0x700), rng.randrange(0x2000, 0x2070), rng.randrange(0x110000))))
    return data[:at] + letter.encode("utf-8", "surrogatepass") + data[at:]


def _double(data: bytes, _: Sequence[bytes], rng: random.Random) -> bytes:
    start, end = _span(data, rng)
    return data[:start] + data[start:end] * rng.choice((2, 2, 3, 30)) + data[end:]


def _exchange(data: bytes, seeds: Sequence[bytes], rng: random.Random) -> bytes:
    other = rng.choice(seeds)
    (start, end), (first, last) = _span(data, rng), _span(other, rng)
    return data[:start] + other[first:last] + data[end:]


def _flip(data: bytes, _: Sequence[bytes], rng: random.Random) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def _cut(data: bytes, _: Sequence[bytes], rng: random.Random) -> bytes:
    return data[: rng.randint(0, len(data))]


def _span(data: bytes, rng: random.Random) -> tuple[int, int]:
    start = rng.randint(0, len(data))
    return start, min(len(data), start + int(rng.expovariate(0.1)))


_CHANGES: list[Callable[[bytes, Sequence[bytes], random.Random], bytes]] = [
    _take_out, _put_in, _put_in, _put_in_letter, _double, _exchange, _exchange, _flip, _cut,
]  # fmt: skip
