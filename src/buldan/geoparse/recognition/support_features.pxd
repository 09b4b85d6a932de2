cimport cython
from buldan.geoparse.names.views cimport HitViews, NameViews

cdef extern from "math.h":
    cpdef double log2(double x)

cdef Py_ssize_t _NAME, _FIRST, _LAST, _ASKED, _HELD, _WITHIN, _UNPROMISED, _NEAREST, _AT_HOME
cdef Py_ssize_t _SUPPORT, _SHARE_ABROAD, _LENGTH
cdef double _MAJOR, _NO_SUPPORT, _MOST_SUPPORT, _NEIGHBOURHOOD_KM, _SHORT, _COMMON, _NEAR_KM
cdef long long _FEW_PLACES
cdef unsigned char _NEAR_MISS, _UNKNOWN
cdef unsigned long long _ORDINARY, _SETTLEMENTS


cdef class SupportFeatures:
    cdef HitViews _hits
    cdef NameViews _names
    cdef const long long[:, ::1] _lists
    cdef const double[:, ::1] _evidence, _near
    cdef const unsigned char[:, ::1] _stated

    cdef void fill(self, Py_ssize_t hit, Py_ssize_t at, bint lone, double listed, double[:, ::1] values) noexcept

    @cython.locals(
        name=Py_ssize_t, evidence=double, none=bint, abroad=double, minor=bint, known=bint, ordinary=bint,
        support=double,
        long=double, both=bint,
    )
    cdef void _fill_evidence(self, Py_ssize_t hit, Py_ssize_t at, double[:, ::1] values) noexcept

    @cython.locals(name=Py_ssize_t, none=bint, short=bint, only_place=bint, several=bint, abroad=double)
    cdef void _fill_lone(self, Py_ssize_t hit, Py_ssize_t at, bint lone, double[:, ::1] values) noexcept

    @cython.locals(name=Py_ssize_t, near=bint, few=bint, common=double)
    cdef void _fill_ordinary(self, Py_ssize_t hit, Py_ssize_t at, double listed, double[:, ::1] values) noexcept
