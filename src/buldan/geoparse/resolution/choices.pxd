cimport cython
from buldan.geoparse.resolution.place_views cimport PlaceViews

cdef extern from "math.h":
    cpdef double exp(double x)

cdef Py_ssize_t _SHARE, _ROW, _FIRST, _BEST, _SURE, _ACTIVE
cdef Py_ssize_t _HIT_FIRST, _HIT_LAST
cdef long long _MAX_WORDS_TO_CONTAINER
cdef int _UNIT


cdef class Choices:
    cdef long long[:, ::1] by_hit
    cdef long long[:, ::1] pairs
    cdef double[:, ::1] values, scores
    cdef const unsigned char[::1] group

    cdef void _take_groups(self, PlaceViews places)

    cpdef set_pairs(self, long long[:, ::1] pairs, double[:, ::1] values, double[:, ::1] scores)

    @cython.locals(hit=Py_ssize_t, at=Py_ssize_t, last="long long", other=Py_ssize_t)
    cdef void mark_active(
        self, const long long[:, ::1] hits, const double[::1] log_odds, double least, const long long[::1] which
    )

    cdef bint is_lone(self, Py_ssize_t hit) noexcept

    cdef Py_ssize_t get_best_row(self, Py_ssize_t hit) noexcept

    @cython.locals(row=Py_ssize_t)
    cdef bint is_unit(self, Py_ssize_t hit) noexcept

    @cython.locals(
        start=Py_ssize_t, stop=Py_ssize_t, best=Py_ssize_t, pair=Py_ssize_t, total=double, top=double
    )
    cdef void normalize_shares(self, Py_ssize_t hit) noexcept
