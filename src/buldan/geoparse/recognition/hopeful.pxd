cimport cython
from buldan.geoparse.names.views cimport HitViews, NameViews

cdef Py_ssize_t _NAME


@cython.locals(hits="const long long[:, ::1]", hit=Py_ssize_t, number="long long")
cpdef add_name_scores(HitViews hit_views, NameViews names, const double[::1] scores, double[::1] log_odds)


@cython.locals(hits="const long long[:, ::1]", count=Py_ssize_t, hit=Py_ssize_t, name="long long")
cpdef Py_ssize_t list_hopeful(
    HitViews hit_views, NameViews names, const double[::1] log_odds, double least, long long[::1] hopeful
)
