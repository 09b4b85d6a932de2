cimport cython

cdef double _UNCERTAIN, _LEAST_SHARE


@cython.locals(odds=double)
cdef double _compute_log_odds(double share, double doubt, double low, double high, double shift)

cdef double _level_off(double odds, double rise, double top)

cdef double _compute_share(double odds)
