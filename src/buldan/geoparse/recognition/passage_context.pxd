cimport cython
from buldan.geoparse.names.views cimport HitViews, NameViews, WordViews

cdef extern from "math.h":
    cpdef double log2(double x)

cdef Py_ssize_t _BEFORE, _BEHIND, _ASKED, _HELD, _WITHIN, _UNPROMISED, _NEAREST, _AT_HOME
cdef Py_ssize_t _NAME, _FIRST, _LAST, _START, _SUPPORT, _SHARE_ABROAD, _LENGTH
cdef double _SURE, _MAJOR, _NO_DOUBT_ABROAD, _NO_SUPPORT, _MOST_SUPPORT, _NEIGHBOURHOOD_KM, _SHORT, _COMMON, _NEAR_KM
cdef long long _REACH, _FEW_SURE, _MANY_SURE, _FEW_PLACES
cdef unsigned char _NEAR_MISS, _UNKNOWN
cdef unsigned long long _ORDINARY, _SETTLEMENTS


cdef class PassageContext:
    cdef HitViews _hits
    cdef WordViews _words
    cdef NameViews _names
    cdef const long long[:, ::1] _lists
    cdef const double[:, ::1] _evidence, _near
    cdef const double[::1] _logit
    cdef const unsigned char[:, ::1] _stated
    cdef long long[::1] _surest

    @cython.locals(
        begin=Py_ssize_t, count=Py_ssize_t, passage=Py_ssize_t, end=Py_ssize_t, name=Py_ssize_t, low=Py_ssize_t,
        high=Py_ssize_t, sure="long long", abroad="long long", hit=Py_ssize_t, start="long long", around="long long",
    )
    cpdef fill(self, double[:, ::1] values)

    @cython.locals(name=Py_ssize_t)
    cdef bint _is_elsewhere(self, Py_ssize_t hit) noexcept

    cdef bint _is_abroad(self, Py_ssize_t hit) noexcept

    cdef double _rate_list_neighbour(self, Py_ssize_t other) noexcept

    @cython.locals(name=Py_ssize_t, km=double, logit=double, minor=bint, share_abroad=double)
    cdef void _fill_neighbours(
        self, Py_ssize_t hit, long long around, long long abroad, double[:, ::1] values
    ) noexcept

    @cython.locals(
        name=Py_ssize_t, said=double, none=bint, abroad=double, minor=bint, known=bint, ordinary=bint, support=double,
        long=double, both=bint,
    )
    cdef void _fill_evidence(self, Py_ssize_t hit, double[:, ::1] values) noexcept

    @cython.locals(name=Py_ssize_t, none=bint, short=bint, only_place=bint, several=bint, abroad=double)
    cdef void _fill_lone(self, Py_ssize_t hit, bint lone, double[:, ::1] values) noexcept

    @cython.locals(name=Py_ssize_t, near=bint, few=bint, common=double, listed=double)
    cdef void _fill_ordinary(self, Py_ssize_t hit, double[:, ::1] values) noexcept
