cimport cython
from buldan.geoparse.resolution.choices cimport Choices
from buldan.geoparse.resolution.place_views cimport PlaceViews

cdef extern from "math.h":
    cpdef double exp(double x)
    cpdef double log(double x)

cdef Py_ssize_t _MOST, _FIRST, _BEST, _ROW, _SHARE
cdef double _STEPS, _TO_WHOLE, _LEAST_SHARE, _CERTAIN, _SPOT_DEG, _MOST_CERTAIN


@cython.locals(
    by_hit="const long long[:, ::1]", pairs="const long long[:, ::1]", scores="const double[:, ::1]",
    lon="const float[::1]", lat="const float[::1]", slope=double, intercept=double, at=Py_ssize_t, hit="long long",
    likeliest="long long", start="long long", stop="long long", chance=double, most=double, raw=double, inside=double,
    sure=double, left=double, pair="long long", alternatives=list, confidence=list, made=dict,
    following=list, before="long long",
    bound=double, _=Py_ssize_t, one=tuple,
)
cpdef tuple rank_places(
    const long long[::1] which, Choices choices, PlaceViews places, const double[::1] log_odds, tuple calibration,
    index_places, make_alternative
)

cdef double _round(double chance) noexcept

@cython.locals(here_lon=double, here_lat=double, total=double, pair="long long", east=double, north=double)
cdef double _sum_shares_nearby(
    long long start, long long stop, long long likeliest, const long long[:, ::1] pairs, const double[:, ::1] scores,
    const float[::1] lon, const float[::1] lat
) noexcept

@cython.locals(found="long long", most=double, pair="long long", chance=double)
cdef long long _find_next(
    long long start, long long before, long long stop, long long likeliest, double left, double bound,
    const double[:, ::1] scores
) noexcept
