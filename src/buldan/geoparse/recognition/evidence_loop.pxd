cimport cython
from buldan.geoparse.names.views cimport CueViews, HitViews, NameViews, WordViews
from buldan.geoparse.recognition.held_abroad cimport HeldAbroad

cdef extern from "math.h":
    cpdef double log2(double x)

cdef Py_ssize_t _HOME, _ELSEWHERE, _NAME, _LAST, _SUPPORT, _ABROAD_BY_HIT, _SHARE_ABROAD, _LENGTH
cdef unsigned long long _OF_SYRIA, _ABROAD, _LEVANTINE
cdef double _SYRIAN, _OFTEN_SYRIAN, _PEOPLE, _SPOKEN, _SHORT_POST, _ENOUGH_SHORT, _ENOUGH_LONG, _LONG, _ITEM_ABROAD
cdef double _ITEM_AT_HOME
cdef Py_ssize_t _OFTEN, _FEWEST_SPOKEN


cdef class PassageSums:
    cdef WordViews _words
    cdef CueViews _cues
    cdef NameViews _names
    cdef const double[:, ::1] weights
    cdef long long[::1] spoken
    cdef Py_ssize_t passage
    cdef double total, abroad

    cdef void begin(self, Py_ssize_t passage, Py_ssize_t first, Py_ssize_t last)

    @cython.locals(number="long long", unknown=Py_ssize_t)
    cdef Py_ssize_t get_column(self, Py_ssize_t name) noexcept

    @cython.locals(new=bint)
    cdef bint is_new(self, Py_ssize_t name) noexcept

    @cython.locals(column=Py_ssize_t)
    cdef void count(self, Py_ssize_t name) noexcept


@cython.locals(
    hits="const long long[:, ::1]", begin=Py_ssize_t, passage=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t,
    end=Py_ssize_t, reach=Py_ssize_t, hit=Py_ssize_t, name=Py_ssize_t, column=Py_ssize_t, least=double,
)
cpdef mark_syrian_passages(
    HitViews hit_views, WordViews words, PassageSums sums, HeldAbroad held, unsigned char[::1] about_syria
)


@cython.locals(
    hits="const long long[:, ::1]", begin=Py_ssize_t, passage=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t,
    end=Py_ssize_t, reach=Py_ssize_t, outer=Py_ssize_t, hit=Py_ssize_t, name=Py_ssize_t, column=Py_ssize_t,
    length=double, own=double, alone=double, support=double, elsewhere=double,
)
cpdef sum_evidence(
    HitViews hit_views, const long long[::1] passages, PassageSums sums, const unsigned char[::1] silent,
    double[:, ::1] by_hit, double lent
)


cdef double _count_doublings(Py_ssize_t first, Py_ssize_t last) noexcept


@cython.locals(hit=Py_ssize_t)
cdef void _forget(const long long[:, ::1] hits, Py_ssize_t begin, Py_ssize_t end, PassageSums sums) noexcept


@cython.locals(
    syrian=Py_ssize_t, spoken=Py_ssize_t, peoples=set, word=Py_ssize_t, roles="unsigned long long", support=double
)
cdef tuple _sum_words(
    Py_ssize_t first, Py_ssize_t last, const long long[::1] cue, const unsigned long long[::1] cue_roles
)
