cimport cython
from buldan.geoparse.names.views cimport HitViews, WordViews
from buldan.geoparse.resolution.place_views cimport PlaceViews

cdef Py_ssize_t _FIRST, _LAST
cdef double _WELL_KNOWN


@cython.locals(
    hits="const long long[:, ::1]", number="const long long[::1]", passages="const long long[::1]", begin=Py_ssize_t,
    count=Py_ssize_t, passage=Py_ssize_t, end=Py_ssize_t, hit=Py_ssize_t,
)
cpdef dict find_short_forms(HitViews hit_views, WordViews words, PlaceViews places, const long long[::1] rows)
