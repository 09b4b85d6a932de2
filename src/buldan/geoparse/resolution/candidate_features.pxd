cimport cython
from buldan.geoparse.names.views cimport NameViews
from buldan.geoparse.resolution.place_views cimport PlaceViews

cdef Py_ssize_t _NAME


@cython.locals(first="const long long[::1]", count=Py_ssize_t, hit=Py_ssize_t)
cpdef Py_ssize_t count_candidates(const long long[:, ::1] hits, NameViews names, long long[::1] begins)


@cython.locals(
    first="const long long[::1]", rows="const int[::1]", form="const unsigned char[::1]", share="const double[::1]",
    bit="const unsigned long long[::1]", kind="const long long[::1]", salience="const double[::1]",
    at=Py_ssize_t, hit=Py_ssize_t, name="long long", wanted="unsigned long long", number=Py_ssize_t, row=Py_ssize_t,
)
cpdef fill_candidates(
    const long long[:, ::1] hits, NameViews names, const unsigned long long[::1] asked, PlaceViews places,
    Py_ssize_t kinds, long long[:, ::1] pairs, long long[:, ::1] codes, double[:, ::1] values
)
