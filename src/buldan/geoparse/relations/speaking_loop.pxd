cimport cython
from buldan.geoparse.names.views cimport CueViews, HitViews, NameViews, WordViews

cdef Py_ssize_t _NAME, _FIRST, _LAST, _BEFORE, _BEHIND, _LISTED, _OF_LIST, _TO_OTHER_END
cdef int _COMMA, _LINE
cdef unsigned short _TELLS


@cython.locals(
    hits="const long long[:, ::1]", classes="const long long[::1]", gap="const unsigned char[::1]", count=Py_ssize_t,
    listed=bint, hit=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t, is_telling=bint, word=Py_ssize_t, stop=Py_ssize_t,
    before_is_telling=bint, strongest=int,
)
cpdef list list_hits_with_relations(HitViews hit_views, WordViews words)


@cython.locals(word=Py_ssize_t)
cpdef list list_facility_words(WordViews words, CueViews cues)


@cython.locals(hits="const long long[:, ::1]", hit=Py_ssize_t, name=Py_ssize_t)
cpdef list list_name_starts(HitViews hit_views, NameViews names)
