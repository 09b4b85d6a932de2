cimport cython
from buldan.geoparse.names.views cimport CueViews, NameViews, WordViews

cdef Py_ssize_t _NAME, _FIRST, _LAST, _CLITIC, _CLITIC_BI, _REACH, _BEFORE
cdef int _COMMA, _BRACKET
cdef double _KNOWN
cdef unsigned long long _DEMONYM, _ADDRESS
cdef unsigned short _OF, _INSIDE


@cython.locals(
    passages="const long long[::1]", gap="const unsigned char[::1]", cue="const long long[::1]",
    classes="const unsigned short[::1]", cue_roles="const unsigned long long[::1]",
    foreign="const unsigned char[::1]", salience="const double[::1]", passage=Py_ssize_t, hit=Py_ssize_t, name=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t, begin=Py_ssize_t,
    end=Py_ssize_t, of_state=int, word=Py_ssize_t, listed=bint, address=bint,
)
cpdef mark_held_abroad(
    const long long[:, ::1] hits, WordViews words, CueViews cues, NameViews names, unsigned char[::1] begins, unsigned char[::1] held
)

@cython.locals(said=bint, word=Py_ssize_t)
cdef bint _is_inside(
    Py_ssize_t last, Py_ssize_t end, const unsigned char[::1] gap, const unsigned short[::1] classes,
    const unsigned char[::1] begins
) noexcept
