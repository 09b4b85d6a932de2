cimport cython
from buldan.geoparse.names.views cimport WordViews
from buldan.geoparse.resolution.place_views cimport PlaceViews

cdef extern from "math.h":
    cpdef double exp(double x)
    cpdef double sqrt(double x)

cdef Py_ssize_t _WIDTH, _NEAR, _HELD, _HELD_BEFORE, _HOLDS_TOWN, _HOLDS_QUARTER, _SHARED, _SCOPE
cdef Py_ssize_t _NEIGHBOURS, _SLOTS, _MAX_WORDS_TO_CONTAINER, _MAX_WORDS_TO_CLITIC_BI, _LONGEST_NAME
cdef Py_ssize_t _NAME, _FIRST, _LAST, _CLITIC, _JOINED, _CLITIC_BI
cdef int _COMMA, _BRACKET, _STOP, _WIDE, _UNIT, _TOWN, _QUARTER, _GOVERNORATE, _CITY
cdef double _REACH_KM, _KM_PER_DEGREE
cdef unsigned short _INSIDE, _AND


cdef class Relaxation:
    cdef const long long[:, ::1] _hits
    cdef const long long[::1] _passages, _pairs, _row, _governorate, _district
    cdef const unsigned char[::1] _gap, _group, _sure, _told
    cdef const unsigned short[::1] _classes
    cdef const float[::1] _lon, _lat, _cos, _sin
    cdef const double[::1] _alone, _weights
    cdef double[:, ::1] _features
    cdef double[::1] _share, _nearest
    cdef long long[:, ::1] _neighbours
    cdef long long[::1] _best, _behind, _before, _helpful, _counts
    cdef unsigned char[::1] _holds

    cdef void _read(self, WordViews words, PlaceViews places)

    @cython.locals(begin=Py_ssize_t, end=Py_ssize_t, passage=Py_ssize_t)
    cpdef relax(self, const unsigned char[::1] sure, const unsigned char[::1] told, int rounds)

    @cython.locals(begin=Py_ssize_t, end=Py_ssize_t, passage=Py_ssize_t, hit=Py_ssize_t, row=Py_ssize_t)
    cpdef measure_nearest(self)

    @cython.locals(begin=Py_ssize_t, end=Py_ssize_t, passage=Py_ssize_t)
    cpdef find_containers(self)

    @cython.locals(end=Py_ssize_t)
    cdef Py_ssize_t _end_of(self, Py_ssize_t passage, Py_ssize_t begin) noexcept

    cdef Py_ssize_t _best_row(self, Py_ssize_t hit) noexcept

    @cython.locals(hit=Py_ssize_t, pair=Py_ssize_t)
    cdef void _choose_alone(self, Py_ssize_t begin, Py_ssize_t end) noexcept

    @cython.locals(
        start=Py_ssize_t, stop=Py_ssize_t, best=Py_ssize_t, pair=Py_ssize_t, total=double, top=double
    )
    cdef void _soften(self, Py_ssize_t hit) noexcept

    @cython.locals(
        helpful=Py_ssize_t, hit=Py_ssize_t, row=Py_ssize_t, behind=Py_ssize_t, changed=bint, slot=Py_ssize_t,
        at=Py_ssize_t, other=Py_ssize_t,
    )
    cdef void _find_neighbours(self, Py_ssize_t begin, Py_ssize_t end) noexcept

    cdef bint _tells_of(self, Py_ssize_t other, Py_ssize_t hit) noexcept

    @cython.locals(
        pair=Py_ssize_t, row=Py_ssize_t, count=Py_ssize_t, nearest=double, near=double, slot=Py_ssize_t,
        other=Py_ssize_t, degree=double, east=double, north=double, km=double,
    )
    cdef void _measure(self, Py_ssize_t hit) noexcept

    @cython.locals(hit=Py_ssize_t, container=Py_ssize_t, row=Py_ssize_t, following=Py_ssize_t)
    cdef void _find_containers(self, Py_ssize_t begin, Py_ssize_t end) noexcept

    @cython.locals(last=Py_ssize_t, other=Py_ssize_t, apart=Py_ssize_t, linked=bint)
    cdef Py_ssize_t _find_following(self, Py_ssize_t hit, Py_ssize_t end) noexcept

    @cython.locals(row=Py_ssize_t)
    cdef bint _is_unit(self, Py_ssize_t hit) noexcept

    @cython.locals(first=Py_ssize_t, other=Py_ssize_t)
    cdef Py_ssize_t _find_before(self, Py_ssize_t hit, Py_ssize_t begin) noexcept

    @cython.locals(last=Py_ssize_t, other=Py_ssize_t, apart=Py_ssize_t, word=Py_ssize_t)
    cdef Py_ssize_t _find_behind(self, Py_ssize_t hit, Py_ssize_t end) noexcept

    @cython.locals(
        total=double, hit=Py_ssize_t, pair=Py_ssize_t, row=Py_ssize_t, governorate=Py_ssize_t, joint=double,
        feature=Py_ssize_t, scope="long long", word=Py_ssize_t,
    )
    cdef void _weigh_together(self, Py_ssize_t begin, Py_ssize_t end) noexcept

    @cython.locals(other=Py_ssize_t, governorate="long long", district="long long")
    cdef void _compare(self, Py_ssize_t pair, Py_ssize_t feature, Py_ssize_t row, Py_ssize_t container) noexcept

    cdef void _compare_held(self, Py_ssize_t pair, Py_ssize_t feature, int group, int held) noexcept

    @cython.locals(total=Py_ssize_t, governorate=Py_ssize_t, hit=Py_ssize_t, row=Py_ssize_t)
    cdef Py_ssize_t _count_governorates(self, Py_ssize_t begin, Py_ssize_t end) noexcept
