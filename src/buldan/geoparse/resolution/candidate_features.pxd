cimport cython
from buldan.geoparse.linear_sums cimport SumViews
from buldan.geoparse.names.views cimport HitViews, NameViews, WordViews
from buldan.geoparse.resolution.place_views cimport PlaceViews
from buldan.geoparse.resolution.choices cimport Choices

cdef Py_ssize_t _NAME, _FIRST_WORD, _CLITIC, _CLITIC_BI, _FIRST, _HIT, _ROW, _FIRST_CODE, _FIRST_OWN
cdef long long _GOVERNORATE, _DISTRICT, _SUBDISTRICT, _WIDER, _RIVER, _INHABITED
cdef unsigned short _INSIDE
cdef int _TOWN, _CITY, _ATTESTED
cdef double _HAMLET, _OVERSHADOWED, _BELOW, _SEAT, _NARROWER, _IN_RIVER


@cython.locals(
    hits="const long long[:, ::1]", by_hit="long long[:, ::1]", first="const long long[::1]", count=Py_ssize_t,
    hit=Py_ssize_t,
)
cpdef Py_ssize_t count_candidates(HitViews hit_views, NameViews names, Choices choices)


@cython.locals(
    hits="const long long[:, ::1]", first="const long long[::1]", rows="const int[::1]",
    form="const unsigned char[::1]", share="const double[::1]", bit="const unsigned long long[::1]",
    kind="const long long[::1]", salience="const double[::1]", pairs="long long[:, ::1]", values="double[:, ::1]",
    at=Py_ssize_t, governorates=Py_ssize_t,
    hit=Py_ssize_t, name="long long", wanted="long long", number=Py_ssize_t, row=Py_ssize_t,
    group="const unsigned char[::1]", cities=Py_ssize_t, above=Py_ssize_t, districts=Py_ssize_t, narrow=Py_ssize_t,
    begin=Py_ssize_t, pair=Py_ssize_t, rivers=Py_ssize_t,
)
cpdef Py_ssize_t fill_candidates(
    HitViews hit_views, WordViews words, NameViews names, const long long[::1] asked, PlaceViews places, SumViews weights,
    Py_ssize_t kinds, Choices choices
)


@cython.locals(first=Py_ssize_t, inside=bint)
cdef bint _is_inside(const long long[:, ::1] hits, WordViews words, Py_ssize_t hit) noexcept


@cython.locals(pairs="long long[:, ::1]", values="double[:, ::1]", inhabited=double, pair=Py_ssize_t)
cdef void _doubt_rivers(
    Choices choices, const unsigned long long[::1] bit, Py_ssize_t begin, Py_ssize_t end
) noexcept


@cython.locals(pairs="long long[:, ::1]", values="double[:, ::1]", pair=Py_ssize_t)
cdef void _doubt_hamlets(
    Choices choices, const unsigned char[::1] group, Py_ssize_t begin, Py_ssize_t end
) noexcept
