cimport cython
from buldan.geoparse.resolution.place_views cimport PlaceViews

cdef extern from "math.h":
    cpdef double exp(double x)

cdef int _UNIT


cdef class Choices:
    cdef const long long[::1] first, row
    cdef const unsigned char[::1] group, sure, told
    cdef double[::1] share
    cdef long long[::1] best

    cdef void _read(self, PlaceViews places)

    cdef void heed(self, const unsigned char[::1] sure, const unsigned char[::1] told)

    cdef Py_ssize_t best_row(self, Py_ssize_t hit) noexcept

    @cython.locals(row=Py_ssize_t)
    cdef bint is_unit(self, Py_ssize_t hit) noexcept

    @cython.locals(
        start=Py_ssize_t, stop=Py_ssize_t, best=Py_ssize_t, pair=Py_ssize_t, total=double, top=double
    )
    cdef void soften(self, Py_ssize_t hit) noexcept
