cimport cython
from buldan.geoparse.names.views cimport HitViews, WordViews

cdef Py_ssize_t _NAME, _FIRST, _LAST, _CLITIC, _JOINED, _CLITIC_BI, _LONGEST_LIST, _FURTHEST
cdef unsigned char _OURS, _UNIT, _MINOR, _COMMA, _BRACKET
cdef unsigned short _INSIDE, _AND, _DEFINITE


@cython.locals(
    hits="const long long[:, ::1]", units=Py_ssize_t, passages="const long long[::1]", passage=Py_ssize_t,
    hit=Py_ssize_t,
    holder=Py_ssize_t, longest=list,
)
cpdef list list_held_hits(HitViews hit_views, WordViews words, const unsigned char[::1] classes)


@cython.locals(
    first=Py_ssize_t, strongest="unsigned char", inside=bint, apart=Py_ssize_t, hit=Py_ssize_t, is_stated=bint
)
cdef Py_ssize_t _find_held(
    Py_ssize_t holder, const long long[:, ::1] hits, const unsigned char[::1] gap, const long long[::1] classes,
    list longest
) noexcept


@cython.locals(first=Py_ssize_t)
cdef Py_ssize_t _find_before(
    Py_ssize_t hit, const long long[:, ::1] hits, const unsigned char[::1] gap, const long long[::1] classes,
    list longest
) noexcept
