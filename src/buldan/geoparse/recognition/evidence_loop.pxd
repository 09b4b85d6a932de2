cimport cython
from buldan.geoparse.names.views cimport CueViews, HitViews, NameViews, WordViews

cdef extern from "math.h":
    cpdef double log2(double x)

cdef Py_ssize_t _HOME, _ELSEWHERE, _NAME, _FIRST, _LAST, _SUPPORT, _ABROAD_BY_HIT, _SHARE_ABROAD, _LENGTH
cdef unsigned long long _OF_SYRIA, _ABROAD, _LEVANTINE
cdef double _SYRIAN, _OFTEN_SYRIAN, _PEOPLE, _SPOKEN, _SHORT_POST, _ENOUGH_SHORT, _ENOUGH_LONG, _LONG
cdef Py_ssize_t _OFTEN, _FEWEST_SPOKEN


@cython.locals(
    hits="const long long[:, ::1]", cue="const long long[::1]", cue_roles="const unsigned long long[::1]",
    number="const long long[::1]", unknown="long long", known="long long", over="long long",
    begin=Py_ssize_t, passage=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t, end=Py_ssize_t, reach=Py_ssize_t,
    outer=Py_ssize_t, total=double, abroad=double, name=Py_ssize_t, length=double, needed=double, hit=Py_ssize_t,
    own=double, alone=double, support=double, elsewhere=double, covering=list,
)
cpdef sum_evidence(
    HitViews hit_views, WordViews words, const long long[::1] passages, CueViews cues, NameViews names,
    const unsigned char[::1] held,
    const double[:, ::1] weights, long long[::1] spoken, double[:, ::1] by_hit,
    unsigned char[::1] about_syria
)

@cython.locals(syrian=Py_ssize_t, spoken=Py_ssize_t, peoples=set, word=Py_ssize_t, roles="unsigned long long", said=double)
cdef tuple _sum_words(
    Py_ssize_t first, Py_ssize_t last, const long long[::1] cue, const unsigned long long[::1] cue_roles
)
