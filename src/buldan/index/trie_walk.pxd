cimport cython
from buldan.index.bisection cimport find_first_at_least

cdef long long _NODE
cdef Py_ssize_t _NAME, _FIRST, _LAST, _SKIP


cdef class Trie:
    cdef const unsigned long long[::1] _keys
    cdef const long long[::1] _children, _begins, _names

    @cython.locals(
        room=Py_ssize_t, count=Py_ssize_t, begun=Py_ssize_t, first=Py_ssize_t, skip=Py_ssize_t, node="long long",
        last=Py_ssize_t,
    )
    cpdef Py_ssize_t walk(
        self, const long long[::1] words, const int[:, ::1] entries, const long long[::1] pieces,
        long long[:, ::1] found
    )

    @cython.locals(low="long long", end="long long", key="unsigned long long")
    cdef long long _step(self, long long node, long long piece) noexcept


@cython.locals(to=Py_ssize_t, row=Py_ssize_t)
cdef void _insert(
    long long[:, ::1] found, Py_ssize_t begun, Py_ssize_t count, long long name, long long first, long long last,
    long long skip
) noexcept
