"""A base for enumerations whose members are used in numpy arrays."""

from __future__ import annotations

import numpy as np

__all__ = ["NumberInArrays"]


class NumberInArrays:
    """A base of an `IntEnum` or `IntFlag` with which numpy treats members as plain numbers.

    Without it, numpy looks for `__array_ufunc__` of the class. Python 3.11 answers that in a function of `enum`
    (`EnumType.__getattr__`), and numpy ignores all errors there, so that a Ctrl-C at that moment would be lost.
    """

    __array_ufunc__ = np.ndarray.__array_ufunc__
    __array_function__ = np.ndarray.__array_function__
