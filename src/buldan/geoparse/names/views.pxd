cdef class HitViews:
    cdef const long long[:, ::1] table


cdef class WordViews:
    cdef const long long[::1] passages, starts, cue, offsets
    cdef const unsigned char[::1] gap, case
    cdef const unsigned short[::1] classes
    cdef const double[::1] common
    cdef const unsigned int[::1] codes, original


cdef class NameViews:
    cdef const long long[::1] first, number, clitic_length
    cdef const int[::1] places
    cdef const unsigned char[::1] form_by_place, form, foreign, person, is_not_place, teh, historical, namesake, sense, only_place
    cdef const double[::1] share, salience, zipf
    cdef const unsigned long long[::1] roles, kinds, told_by


cdef class CueViews:
    cdef const unsigned long long[::1] roles, before, after, announced, facility
    cdef const long long[::1] role_set
    cdef const unsigned char[::1] many
