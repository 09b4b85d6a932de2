cimport cython
from buldan.geoparse.names.views cimport HitViews, WordViews

cdef Py_ssize_t _START, _END


@cython.locals(
    hits="const long long[:, ::1]", offsets="const long long[::1]", hit=Py_ssize_t, first="long long", last="long long"
)
cpdef tuple list_spans(HitViews hit_views, WordViews words)
