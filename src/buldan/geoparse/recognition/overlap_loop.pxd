cimport cython
from buldan.geoparse.names.views cimport HitViews, NameViews

cdef Py_ssize_t _ALL, _MEANING, _OURS, _ABROAD_ONES
cdef Py_ssize_t _NAME, _FIRST, _LAST
cdef double _LESS_SURE, _ABROAD, _PER_WORD, _OTHER, _ASKED_FOR
cdef unsigned char _SYRIAN, _FOREIGN, _ELSE, _ATTESTED


@cython.locals(
    hits="const long long[:, ::1]", form="const unsigned char[::1]", kinds="const unsigned long long[::1]",
    is_other="const unsigned char[::1]",
    foreign="const unsigned char[::1]", hit=Py_ssize_t, name="long long", last="long long", inner=Py_ssize_t,
)
cpdef raise_whole_names(HitViews hit_views, NameViews names, double[::1] log_odds)


@cython.locals(
    hits="const long long[:, ::1]", kinds="const unsigned long long[::1]", is_other="const unsigned char[::1]",
    foreign="const unsigned char[::1]", count=Py_ssize_t, hit=Py_ssize_t, name="long long", words="long long",
    syrian=Py_ssize_t, abroad=Py_ssize_t, at=Py_ssize_t,
)
cpdef tuple take_strongest(
    HitViews hit_views, NameViews names, const double[::1] log_odds, double threshold, double[::1] claims,
    long long[:, ::1] taken
)
