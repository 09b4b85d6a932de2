cimport cython
from buldan.geoparse.names.views cimport HitViews, NameViews, WordViews
from buldan.geoparse.recognition.original_letters cimport OriginalLetters

cdef Py_ssize_t _NAME, _FIRST, _START, _END, _CLITIC
cdef double _MAJOR, _COMMON, _COMMON_WITH_CLITIC, _SURELY, _ONLY_WHERE_ASKED
cdef int _COMMA, _CLITIC_BI, _CLITIC_SPOKEN
cdef unsigned int _ALEF, _YEH
cdef unsigned long long _PROMISES, _PERSON, _KIN, _GIVEN, _TITLE, _LOOSE, _BELONGING, _BODY, _BODY_ENDS, _PEOPLE
cdef unsigned long long _THING, _IDEA, _NOUN
cdef unsigned short _FEMININE, _AND


cdef class DoubtFeatures:
    cdef HitViews _hits
    cdef WordViews _words
    cdef NameViews _names
    cdef OriginalLetters _letters
    cdef const long long[::1] _asked
    cdef double[::1] _row

    @cython.locals(
        name=Py_ssize_t, first=Py_ssize_t, minor=bint, unasked=bint, unpromised=bint, called=bint, person=bint,
        people=bint, adjective=bint, promises=bint, whole=double, of_feminine=bint, unfit=bint, clitic=Py_ssize_t, noun=Py_ssize_t, surely=bint,
        bare=bint, start=Py_ssize_t, end=Py_ssize_t, nisba=bint,
    )
    cdef void fill(
        self, Py_ssize_t hit, Py_ssize_t at, unsigned long long roles, unsigned long long roles2,
        unsigned long long roles_behind, bint near
    ) noexcept
