cimport cython
from buldan.geoparse.names.views cimport CueViews, HitViews, WordViews

cdef Py_ssize_t _BEFORE, _BEHIND, _ASKED, _OWN, _ENDING, _BEGINNING
cdef Py_ssize_t _FIRST, _LAST, _START, _CLITIC, _JOINED, _CLITIC_BI
cdef int _COMMA, _BRACKET, _STOP, _HANDED_ON, _ANNOUNCED, _LONGEST_ITEM, _BEFORE_COLON, _IN_SCHEDULE, _MOST_OTHERS
cdef unsigned short _AND, _GOES_ON, _ONWARD, _FIGURE
cdef unsigned long long _CALENDAR


@cython.locals(
    passages="const long long[::1]", gap="const unsigned char[::1]", starts="const long long[::1]",
    cue="const long long[::1]", classes="const long long[::1]", before="const unsigned long long[::1]",
    after="const unsigned long long[::1]", announced="const unsigned long long[::1]", many="const unsigned char[::1]", hits="const long long[:, ::1]", word=Py_ssize_t,
    count=Py_ssize_t, hit=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t, passage=Py_ssize_t,
    begin=Py_ssize_t, stop=Py_ssize_t, previous=Py_ssize_t, following=Py_ssize_t,
)
cpdef link_lists(HitViews hit_views, WordViews words, CueViews cues, long long[:, ::1] lists)


@cython.locals(at=Py_ssize_t, _=Py_ssize_t, edge=Py_ssize_t, number=Py_ssize_t, found="unsigned long long")
cdef unsigned long long _find_handed_on(
    Py_ssize_t hit, const long long[:, ::1] hits, const unsigned char[::1] gap, const long long[::1] cue,
    const unsigned long long[::1] asks, const unsigned char[::1] many, const long long[:, ::1] lists,
    Py_ssize_t side
) noexcept


@cython.locals(word=Py_ssize_t, found=Py_ssize_t, beside=Py_ssize_t)
cdef Py_ssize_t _find_previous(
    Py_ssize_t first, Py_ssize_t begin, const unsigned char[::1] gap, const long long[::1] classes,
    const long long[:, ::1] lists
) noexcept


@cython.locals(word=Py_ssize_t, found=Py_ssize_t, beside=Py_ssize_t)
cdef Py_ssize_t _find_following(
    Py_ssize_t last, Py_ssize_t stop, const unsigned char[::1] gap, const long long[::1] classes,
    const long long[:, ::1] lists
) noexcept


@cython.locals(other=Py_ssize_t)
cdef void _note_if_longest(
    Py_ssize_t hit, const long long[:, ::1] hits, long long[:, ::1] lists, Py_ssize_t edge, Py_ssize_t word
) noexcept


@cython.locals(holds=bint)
cdef bint _is_holder(Py_ssize_t hit, const long long[:, ::1] hits, const long long[::1] starts) noexcept


@cython.locals(asked="unsigned long long")
cdef unsigned long long _find_asked_beside(
    Py_ssize_t first, Py_ssize_t last, const unsigned char[::1] gap, const long long[::1] cue,
    const unsigned long long[::1] before, const unsigned long long[::1] after
) noexcept


@cython.locals(
    word=Py_ssize_t, item=Py_ssize_t, _=Py_ssize_t, back=Py_ssize_t, number=Py_ssize_t,
    asked="unsigned long long",
)
cdef unsigned long long _find_announced(
    Py_ssize_t hit, const long long[:, ::1] hits, const unsigned char[::1] gap, const long long[::1] cue,
    const long long[::1] classes, const unsigned long long[::1] announced
) noexcept


@cython.locals(
    passages="const long long[::1]", classes="const long long[::1]", cue="const long long[::1]",
    roles="const unsigned long long[::1]", passage=Py_ssize_t, hit=Py_ssize_t, last=Py_ssize_t, figures=Py_ssize_t,
    others=Py_ssize_t, word=Py_ssize_t, following=Py_ssize_t,
)
cdef void _link_schedules(
    const long long[:, ::1] hits, WordViews words, CueViews cues, long long[:, ::1] lists
) noexcept
