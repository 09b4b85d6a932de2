"""Enumerations whose members stand in arrays."""

from __future__ import annotations

import numpy as np

__all__ = ["NumberInArrays"]


class NumberInArrays:
    """Mixed into an `IntEnum` or `IntFlag`: numpy takes its members for plain numbers without asking further.

    Else it looks whether the class has an `__array_ufunc__` of its own, which Python 3.11 answers with a function of
    `enum` (`EnumType.__getattr__`), and drops whatever that raises: a Ctrl-C that comes just then would be lost.
    """

    __array_ufunc__ = np.ndarray.__array_ufunc__
    __array_function__ = np.ndarray.__array_function__
