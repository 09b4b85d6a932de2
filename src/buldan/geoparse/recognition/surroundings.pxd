cimport cython
from buldan.geoparse.names.views cimport CueViews, NameViews, WordViews

cdef Py_ssize_t _NAME_FEATURES, _ARABIC_FEATURES, _LATIN_FEATURES, _BEHIND_PERSON, _OTHER_SENSE, _OF_STATE, _HASHTAG, _AS_PERSON, _AROUND
cdef Py_ssize_t _NAME, _FIRST, _LAST, _START, _END, _CLITIC
cdef Py_ssize_t _REACH, _LIST_REACH, _DEMONYM_REACH, _BODY_REACH
cdef Py_ssize_t _LONGEST_AGE, _MOST_WORDS, _MOST_LETTERS
cdef double _MAJOR, _COMMON, _COMMON_ADJECTIVE, _MUCH_COMMONER
cdef int _SPACE, _HYPHEN, _COMMA, _BRACKET, _STOP, _CLITIC_BI, _CLITIC_SPOKEN, _RUNNING, _SMALL
cdef unsigned int _ALEF, _LAM, _YEH, _HEH, _MAQSURA, _SHARP, _DIGIT, _NOT_ASCII
cdef unsigned long long _PROMISES, _OPENING, _PERSON, _KIN, _TITLE, _LOOSE, _TRIGGER, _BODY, _BODY_ENDS, _DEMONYM, _OF_ABROAD, _BELONGING, _STATE, _TOWARD, _PEOPLE, _THING, _IDEA, _COUNTRY, _LEGAL_FORM, _PARTY

cdef unsigned short _OF, _INSIDE, _ARTICLE, _ENDING, _DEFINITE, _FEMININE, _AND, _PERSONS_NAME, _FIGURE

cdef bint _is_capital(unsigned int code) noexcept


cdef class Surroundings:
    cdef const long long[:, ::1] _hits
    cdef const long long[::1] _passages, _cue, _offsets, _starts, _cue_set
    cdef const unsigned char[::1] _gap
    cdef const unsigned short[::1] _classes
    cdef const unsigned char[::1] _teh, _foreign, _person, _only_place, _misspelled, _case
    cdef const unsigned int[::1] _codes, _original
    cdef const unsigned long long[::1] _kinds, _roles, _told_by, _cue_roles, _asked
    cdef const double[::1] _salience, _zipf, _common
    cdef unsigned char[::1] _abroad

    cdef void _read(self, WordViews words, NameViews names, CueViews cues)

    @cython.locals(
        begin=Py_ssize_t, end=Py_ssize_t, passage=Py_ssize_t, first_word=Py_ssize_t, stop=Py_ssize_t, hit=Py_ssize_t
    )
    cpdef fill(self, double[:, ::1] values, long long[:, ::1] codes)

    @cython.locals(hit=Py_ssize_t)
    cdef void _mark_abroad(self, Py_ssize_t begin, Py_ssize_t end) noexcept

    @cython.locals(name=Py_ssize_t)
    cdef bint _names_abroad(self, Py_ssize_t hit) noexcept

    @cython.locals(
        first=Py_ssize_t, last=Py_ssize_t, name=Py_ssize_t, near=bint, after=bint, before=Py_ssize_t,
        before2=Py_ssize_t, behind=Py_ssize_t, at=Py_ssize_t, roles="unsigned long long",
        roles2="unsigned long long", roles_behind="unsigned long long", asked="unsigned long long", minor=bint,
        one_word=bint, zipf=double, abroad=bint, begins=Py_ssize_t, titled=bint, given=bint, beside_before=bint, beside_after=bint, untold_before=bint,
        untold_after=bint,
    )
    cdef void _fill(
        self, Py_ssize_t hit, Py_ssize_t first_word, Py_ssize_t stop, double[:, ::1] values,
        long long[:, ::1] codes
    ) noexcept

    @cython.locals(figures=Py_ssize_t, initial=bint, bracketed=bint)
    cdef bint _is_written_as_person(
        self, Py_ssize_t first, Py_ssize_t last, Py_ssize_t first_word, Py_ssize_t stop
    ) noexcept

    @cython.locals(word=Py_ssize_t, told_by="unsigned long long")
    cdef bint _is_other_sense_told(self, Py_ssize_t hit, Py_ssize_t first_word, Py_ssize_t stop) noexcept

    @cython.locals(
        name=Py_ssize_t, first=Py_ssize_t, minor=bint, unasked=bint, unpromised=bint, called=bint, person=bint, people=bint, adjective=bint,
        at=Py_ssize_t, clitic=Py_ssize_t,
    )
    cdef void _fill_doubts(
        self, Py_ssize_t hit, unsigned long long roles, unsigned long long roles2, unsigned long long roles_behind,
        bint near, double[:, ::1] values
    ) noexcept

    @cython.locals(
        first=Py_ssize_t, last=Py_ssize_t, end=Py_ssize_t, start=Py_ssize_t, minor=bint, definite=bint, one_word=bint,
        final="unsigned int", nisba=bint, behind_definite=bint, before_definite=bint, at=Py_ssize_t,
    )
    cdef void _fill_arabic(self, Py_ssize_t hit, bint near, bint after, double[:, ::1] values) noexcept

    cdef bint _ends_in_heh(self, Py_ssize_t hit) noexcept

    @cython.locals(last=Py_ssize_t, ends=bint)
    cdef bint _ends_in_maqsura(self, Py_ssize_t word) noexcept

    @cython.locals(
        first=Py_ssize_t, last=Py_ssize_t, name=Py_ssize_t, capital=bint, capital_before=bint, capital_after=bint, running=bint,
        whole=bint, previous=Py_ssize_t, beside=bint, common=double, at=Py_ssize_t,
    )
    cdef void _fill_latin(
        self, Py_ssize_t hit, bint near, bint after, bint untold_before, bint untold_after, Py_ssize_t stop,
        double[:, ::1] values
    ) noexcept

    cdef bint _is_behind_article(self, Py_ssize_t word) noexcept

    cdef bint _begins_with_capital(self, Py_ssize_t word) noexcept

    @cython.locals(plain=bint)
    cdef bint _opens(self, Py_ssize_t word) noexcept

    @cython.locals(word=Py_ssize_t)
    cdef bint _is_in_body(self, Py_ssize_t last, Py_ssize_t stop) noexcept

    @cython.locals(at=Py_ssize_t)
    cdef bint _is_in_state(self, Py_ssize_t last, Py_ssize_t stop) noexcept

    @cython.locals(first=Py_ssize_t, last=Py_ssize_t, word=Py_ssize_t, said=bint, listed=bint)
    cdef bint _is_held_abroad(self, Py_ssize_t hit, Py_ssize_t first_word, Py_ssize_t stop) noexcept

    @cython.locals(of_list=bint)
    cdef bint _may_be_listed(self, Py_ssize_t word) noexcept
