cimport cython
from buldan.geoparse.names.views cimport HitViews, NameViews, WordViews
from buldan.geoparse.resolution.place_views cimport PlaceViews

cdef Py_ssize_t _NAME, _FIRST, _LAST
cdef double _WELL_KNOWN, _FAR


@cython.locals(east=double, north=double, at=Py_ssize_t)
cdef bint _may_mean(NameViews names, Py_ssize_t name, PlaceViews places, Py_ssize_t chosen, Py_ssize_t other) noexcept


@cython.locals(
    hits="const long long[:, ::1]", number="const long long[::1]", passages="const long long[::1]", begin=Py_ssize_t,
    count=Py_ssize_t, passage=Py_ssize_t, end=Py_ssize_t, hit=Py_ssize_t,
)
cpdef dict find_short_forms(
    HitViews hit_views, WordViews words, NameViews names, PlaceViews places, const long long[::1] rows
)
