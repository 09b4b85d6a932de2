cdef class PlaceViews:
    cdef const unsigned long long[::1] bit
    cdef const long long[::1] kind, governorate, district
    cdef const unsigned char[::1] group
    cdef const double[::1] salience, own_salience
    cdef const float[::1] lon, lat, cos, sin
