cimport cython
from buldan.geoparse.names.views cimport HitViews, NameViews, WordViews

cdef Py_ssize_t _NAME, _FIRST, _LAST, _START, _END, _BESIDE, _LONGEST_NAME, _CLITIC, _CLAUSE
cdef int _CLITIC_BI
cdef unsigned char _COMMA, _STOP
cdef unsigned int _ENTITLING, _STREET, _INSIDE, _WITHIN
cdef int _OURS, _SHARED, _ABROAD, _NOTHING
cdef double _WELL_KNOWN


@cython.locals(
    hits="const long long[:, ::1]", gap="const unsigned char[::1]", offsets="const long long[::1]",
    passages="const long long[::1]", passage=Py_ssize_t, hit=Py_ssize_t, leading=list,
)
cpdef list list_leading(HitViews hit_views, WordViews words)


@cython.locals(passage=Py_ssize_t, word=Py_ssize_t)
cpdef list list_entitling(WordViews words)


@cython.locals(low=Py_ssize_t, high=Py_ssize_t, middle=Py_ssize_t)
cpdef Py_ssize_t find_word_from(WordViews words, long long place) noexcept


@cython.locals(
    hits="const long long[:, ::1]", first="long long", last="long long", low=Py_ssize_t, high=Py_ssize_t,
    middle=Py_ssize_t,
)
cpdef list list_hits_within(HitViews hit_views, WordViews words, long long begin, long long end)


@cython.locals(
    hits="const long long[:, ::1]", passages="const long long[::1]", passage=Py_ssize_t, count=Py_ssize_t,
    elsewhere=Py_ssize_t, hit=Py_ssize_t, what=int,
)
cpdef list list_explained_abroad(HitViews hit_views, WordViews words, NameViews names)


@cython.locals(shared=bint)
cdef int _classify(Py_ssize_t name, NameViews names) noexcept


@cython.locals(
    first="long long", last="long long", low="long long", high="long long", lowest=Py_ssize_t, highest=Py_ssize_t,
    other=Py_ssize_t,
)
cdef bint _is_between(
    Py_ssize_t hit, const long long[:, ::1] hits, NameViews names, long long begin, long long end
) noexcept


@cython.locals(first="long long", last="long long", other=Py_ssize_t)
cdef void _add_remainders(Py_ssize_t country, const long long[:, ::1] hits, NameViews names, list explained)


@cython.locals(
    streets=list, hits="const long long[:, ::1]", passages="const long long[::1]", passage=Py_ssize_t, until="long long",
    hit=Py_ssize_t, first="long long", last="long long", begin="long long", end="long long", behind="long long",
    before=bint,
)
cpdef list list_streets_abroad(HitViews hit_views, WordViews words, NameViews names, const double[::1] log_odds)


@cython.locals(inside=bint, other=Py_ssize_t, abroad=bint)
cdef bint _is_followed(
    Py_ssize_t hit, long long at, long long end, const long long[:, ::1] hits, WordViews words, NameViews names,
    const double[::1] log_odds, bint ours
) noexcept


@cython.locals(
    first="long long", other=Py_ssize_t, lowest="long long", word="long long", at="long long", inside=bint
)
cdef bint _is_in_town_abroad(
    Py_ssize_t hit, long long begin, const long long[:, ::1] hits, WordViews words, NameViews names,
    const double[::1] log_odds
) noexcept
