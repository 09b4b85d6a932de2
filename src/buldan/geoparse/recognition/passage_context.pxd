cimport cython
from buldan.geoparse.names.views cimport HitViews, NameViews, WordViews
from buldan.geoparse.recognition.support_features cimport SupportFeatures

cdef Py_ssize_t _BEFORE, _BEHIND, _NEAREST, _LIST_BEFORE, _LIST_AFTER, _SUPPORT_FEATURES
cdef Py_ssize_t _NAME, _FIRST, _START
cdef double _SURE, _MAJOR, _NO_DOUBT_ABROAD
cdef long long _REACH, _LONG_PARAGRAPH, _FEW_SURE, _MANY_SURE


cdef class PassageContext:
    cdef HitViews _hits
    cdef WordViews _words
    cdef NameViews _names
    cdef SupportFeatures _support
    cdef const long long[:, ::1] _lists
    cdef const double[:, ::1] _near
    cdef const double[::1] _logit
    cdef const long long[::1] _paragraphs
    cdef long long[::1] _surest

    @cython.locals(
        begin=Py_ssize_t, count=Py_ssize_t, paragraph=Py_ssize_t, passage=Py_ssize_t, stop="long long",
        end=Py_ssize_t, name=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t, behind="long long", hit=Py_ssize_t,
    )
    cpdef fill(self, double[:, ::1] values)

    @cython.locals(
        low=Py_ssize_t, high=Py_ssize_t, sure="long long", abroad="long long", hit=Py_ssize_t, start="long long",
        around="long long", listed=double,
    )
    cdef void _fill_paragraph(
        self, Py_ssize_t first, Py_ssize_t last, Py_ssize_t begin, Py_ssize_t end, double[:, ::1] values
    ) noexcept

    cdef bint _is_abroad(self, Py_ssize_t hit) noexcept

    cdef double _rate_list_neighbour(self, Py_ssize_t other) noexcept

    @cython.locals(name=Py_ssize_t, km=double, logit=double, minor=bint, share_abroad=double)
    cdef void _fill_neighbours(
        self, Py_ssize_t hit, long long around, long long abroad, double[:, ::1] values
    ) noexcept
