cimport cython
from buldan.geoparse.names.views cimport HitViews
from buldan.geoparse.resolution.choices cimport Choices
from buldan.geoparse.resolution.place_views cimport PlaceViews

cdef extern from "math.h":
    cpdef double exp(double x)
    cpdef double sqrt(double x)

cdef Py_ssize_t _SLOTS, _BESIDE, _FIRST_PAIR, _BEST, _HELPFUL, _SURE, _ACTIVE, _AROUND, _PLACE, _NEAREST, _NAME, _FIRST, _LAST
cdef Py_ssize_t _FEATURES, _LON, _LAT, _COS, _SIN
cdef int _WIDE, _SPREAD
cdef long long _NOT_SOUGHT
cdef double _REACH_KM, _KM_PER_DEGREE


cdef class Nearness:
    cdef HitViews _hits
    cdef PlaceViews _places
    cdef Choices _choices
    cdef double[:, ::1] _near
    cdef float[:, ::1] _spots

    @cython.locals(hit=Py_ssize_t, slot=Py_ssize_t)
    cdef void _forget_neighbours(self) noexcept

    @cython.locals(
        helpful=Py_ssize_t, hit=Py_ssize_t, row=Py_ssize_t, behind=Py_ssize_t, changed=bint, slot=Py_ssize_t,
        at=Py_ssize_t, other=Py_ssize_t, hits="const long long[:, ::1]", by_hit="long long[:, ::1]",
        pairs="const long long[:, ::1]", group="const unsigned char[::1]",
    )
    cdef void find_neighbours(self, Py_ssize_t begin, Py_ssize_t end, bint lone_ones) noexcept

    @cython.locals(
        pair=Py_ssize_t, row=Py_ssize_t, count=Py_ssize_t, nearest=double, near=double, slot=Py_ssize_t, at=Py_ssize_t,
        other=Py_ssize_t, lon=float, lat=float, cosine=float, sine=float, degree=double, east=double, north=double,
        km=double, begin=Py_ssize_t, end=Py_ssize_t, spread=bint, lone=bint,
    )
    cdef void _measure(self, Py_ssize_t hit) noexcept

    @cython.locals(feature=Py_ssize_t, pair=Py_ssize_t, most=double)
    cdef void _even_out(self, Py_ssize_t begin, Py_ssize_t end) noexcept

    @cython.locals(hit=Py_ssize_t, row=Py_ssize_t)
    cdef void forget_wide(self, Py_ssize_t count) noexcept
