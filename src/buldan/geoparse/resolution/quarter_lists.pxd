cimport cython
from buldan.geoparse.names.views cimport HitViews, NameViews, WordViews
from buldan.geoparse.resolution.place_views cimport PlaceViews

cdef Py_ssize_t _NAME, _FIRST, _LAST, _JOINED, _ASKED
cdef unsigned char _SPACE, _QUOTE
cdef unsigned long long _QUARTER
cdef double _VOUCHED, _COMMON, _CITY_KM, _KM_PER_DEGREE, _COS


@cython.locals(
    quarters=list, hit=Py_ssize_t, name=Py_ssize_t, place=Py_ssize_t, before=Py_ssize_t, side=Py_ssize_t, at=Py_ssize_t,
    other=Py_ssize_t,
)
cpdef list list_quarters(
    HitViews hit_views, WordViews words, NameViews names, PlaceViews places, long long[:, ::1] lists
)


@cython.locals(hit=Py_ssize_t)
cpdef vouch_for(list quarters, double[::1] log_odds)


@cython.locals(last="long long", first="long long", joined=bint)
cdef bint _are_listed(const long long[:, ::1] hits, WordViews words, Py_ssize_t at, Py_ssize_t other) noexcept


@cython.locals(at=Py_ssize_t, row=Py_ssize_t, north=double, east=double)
cdef bint _is_quarter_beside(Py_ssize_t name, Py_ssize_t place, NameViews names, PlaceViews places) noexcept
