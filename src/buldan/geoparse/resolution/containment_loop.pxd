cimport cython

cdef Py_ssize_t _FIRST, _LAST
cdef long long _MAX_WORDS_TO_CONTAINER


@cython.locals(hit=Py_ssize_t, last="long long", other=Py_ssize_t)
cpdef mark_held(const long long[:, ::1] hits, const unsigned char[::1] sure, unsigned char[::1] told)
