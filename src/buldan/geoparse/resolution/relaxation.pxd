cimport cython
from buldan.geoparse.linear_sums cimport SumViews
from buldan.geoparse.names.views cimport HitViews, WordViews
from buldan.geoparse.resolution.choices cimport Choices
from buldan.geoparse.resolution.containers cimport Containers
from buldan.geoparse.resolution.nearness cimport Nearness
from buldan.geoparse.resolution.place_views cimport PlaceViews

cdef Py_ssize_t _WIDTH, _HELD, _HELD_BEFORE, _HOLDS_TOWN, _HOLDS_QUARTER, _SHARED, _SCOPE, _FIRST
cdef Py_ssize_t _ALONE, _SHARE, _ROW, _FIRST_PAIR, _BEHIND, _BEFORE, _HOLDS, _SURE, _ACTIVE, _COUNTS, _AT_HOME
cdef int _STOP, _TOWN, _QUARTER, _GOVERNORATE, _CITY
cdef double _BY_GOVERNORATE


cdef class Relaxation:
    cdef HitViews _hits
    cdef WordViews _words
    cdef PlaceViews _places
    cdef SumViews _weights
    cdef Choices _choices
    cdef Nearness _nearness
    cdef Containers _containers
    cdef double[:, ::1] _near
    cdef Py_ssize_t _governorates

    @cython.locals(begin=Py_ssize_t, end=Py_ssize_t, passage=Py_ssize_t)
    cpdef relax(self, const double[::1] log_odds, double least, const long long[::1] which, int rounds)

    @cython.locals(begin=Py_ssize_t, end=Py_ssize_t, passage=Py_ssize_t)
    cpdef measure_nearest(self)

    @cython.locals(begin=Py_ssize_t, end=Py_ssize_t, passage=Py_ssize_t)
    cpdef find_containers(self)

    @cython.locals(hit=Py_ssize_t, container=Py_ssize_t, row=Py_ssize_t, other=Py_ssize_t, governorate="long long")
    cpdef mark_held_at_home(self)

    @cython.locals(hit=Py_ssize_t, pair=Py_ssize_t)
    cdef void _choose_alone(self, Py_ssize_t begin, Py_ssize_t end) noexcept

    @cython.locals(
        total=double, hit=Py_ssize_t, row=Py_ssize_t, scope="long long", word=Py_ssize_t,
    )
    cdef void _weigh_together(self, Py_ssize_t begin, Py_ssize_t end) noexcept

    @cython.locals(
        behind=Py_ssize_t, before=Py_ssize_t, behind_in="long long", before_in="long long", near_behind="long long",
        near_before="long long", all_behind=bint, all_before=bint, held=bint, held_before=bint, town=bint, quarter=bint, pair=Py_ssize_t, row=Py_ssize_t, group=int,
        governorate=Py_ssize_t, district="long long", joint=double, feature=Py_ssize_t,
    )
    cdef void _weigh_hit(self, Py_ssize_t hit, long long scope, double total) noexcept

    @cython.locals(container=Py_ssize_t)
    cdef Py_ssize_t _get_container_row(self, Py_ssize_t hit, Py_ssize_t side) noexcept

    @cython.locals(total=Py_ssize_t, governorate=Py_ssize_t, hit=Py_ssize_t, row=Py_ssize_t)
    cdef Py_ssize_t _count_governorates(self, Py_ssize_t begin, Py_ssize_t end) noexcept
