cimport cython

cdef unsigned int _WIDER, _DROP


@cython.locals(count=Py_ssize_t, room=Py_ssize_t, place=Py_ssize_t, code="unsigned int", letter=str)
cpdef Py_ssize_t fold_into(
    const unsigned int[::1] codes, const unsigned int[::1] table, folds, unsigned int[::1] folded,
    long long[::1] offsets
)
