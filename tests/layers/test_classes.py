"""Class limits are mapclassify's, cost no warning, and colours order for every eye."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccgeo.errors import UnknownChoiceError
from ccgeo.layers.classes import NO_CLASS, NO_DATA_COLOUR, class_bins, class_colours, class_index
from ccgeo.query.vocabulary import CLASS_COUNTS, SCHEMES

NUMBERS = st.one_of(st.floats(-1e9, 1e13).map(lambda number: round(number, 2)), st.just(np.nan))
VALUES = st.lists(NUMBERS, max_size=30).map(lambda drawn: np.array(drawn, dtype=np.float64))
SCHEME = st.sampled_from(SCHEMES)
K = st.sampled_from(CLASS_COUNTS)


@pytest.fixture(scope="module")
def mapclassify():
    # Its import warns about optional parts that are of no concern here.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import mapclassify  # noqa: PLC0415 - inside the filter of its warnings

        return mapclassify


def amounts(seed, n=120):
    drawn = np.random.default_rng(seed).lognormal(20, 2, n)
    return np.round(drawn, 2)


@given(VALUES, SCHEME, K)
def test_limits_rise_and_are_no_more_than_asked_for(values, scheme, k):
    bins = class_bins(values, scheme, k)

    assert len(bins) <= k
    assert list(bins) == sorted(set(bins))


@given(VALUES, SCHEME, K)
def test_every_value_has_a_class_and_no_data_has_none(values, scheme, k):
    bins = class_bins(values, scheme, k)
    classes = class_index(values, bins)

    assert ((classes == NO_CLASS) == np.isnan(values)).all()
    assert classes.max(initial=-1) < len(bins)


@given(VALUES, SCHEME, K)
def test_a_greater_value_is_never_in_a_lower_class(values, scheme, k):
    stated = np.sort(values[~np.isnan(values)])
    classes = class_index(stated, class_bins(values, scheme, k))

    assert (np.diff(classes) >= 0).all()


@given(VALUES, SCHEME, K)
def test_classing_changes_no_value(values, scheme, k):
    before = values.copy()

    class_index(values, class_bins(values, scheme, k))

    np.testing.assert_array_equal(values, before)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("k", CLASS_COUNTS)
def test_limits_are_those_of_mapclassify(mapclassify, seed, k):
    values = amounts(seed)

    peers = {
        "quantiles": mapclassify.Quantiles(values, k=k).bins,
        "equal_interval": mapclassify.EqualInterval(values, k=k).bins,
    }

    for scheme, bins in peers.items():
        np.testing.assert_allclose(class_bins(values, scheme, k), bins, rtol=1e-9)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("k", CLASS_COUNTS)
def test_natural_breaks_are_as_tight_as_those_of_mapclassify(mapclassify, seed, k):
    values = amounts(seed)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that numba would make it faster
        peer = mapclassify.FisherJenks(values, k=k)

    def deviation(classes):
        groups = [values[classes == number] for number in range(k)]
        return sum(((group - group.mean()) ** 2).sum() for group in groups)

    ours = class_index(values, class_bins(values, "natural_breaks", k))
    assert deviation(ours) <= deviation(peer.yb) * (1 + 1e-9)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("values", "bins"),
    [
        ([], ()),
        ([np.nan, np.nan], ()),
        ([7.0], (7.0,)),
        ([7.0, 7.0, np.nan], (7.0,)),
        ([3.0, 1.0, 3.0], (1.0, 3.0)),
        ([0.0, 0.0], (0.0,)),
    ],
)
def test_fewer_distinct_values_than_classes_give_a_class_each(scheme, values, bins):
    assert class_bins(np.array(values, dtype=np.float64), scheme, 5) == bins


@pytest.mark.parametrize("scheme", SCHEMES)
def test_many_equal_values_do_not_warn(scheme):
    values = np.array([1.0] * 20 + [2.0, 3.0, 4.0, 5.0, 6.0])

    assert class_bins(values, scheme, 5)[-1] == 6.0


def test_an_unknown_scheme_is_refused_with_the_known_ones():
    with pytest.raises(UnknownChoiceError, match="natural_breaks"):
        class_bins(np.array([1.0]), "jenks", 3)


def test_a_limit_belongs_to_the_class_below_it():
    assert class_index(np.array([1.0, 1.01]), (1.0, 2.0)).tolist() == [0, 1]


def test_limits_kept_while_filtering_hold_what_passes_them():
    assert class_index(np.array([-5.0, 99.0]), (1.0, 2.0)).tolist() == [0, 1]


def test_interpolation_leaves_no_digits_that_a_legend_would_show():
    values = np.array([1.1e9, 5.26e9, 7.3e9, 2.2e10, 3.3e10, 9e10, 1e11]) + 0.1

    assert all(limit == round(limit, 4) for limit in class_bins(values, "quantiles", 5))


def lightness(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
              for part in channels]  # fmt: skip
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * np.cbrt(luminance) - 16


@pytest.mark.parametrize("k", CLASS_COUNTS)
def test_colours_darken_by_steps_that_every_eye_sees(k):
    steps = np.diff([lightness(colour) for colour in class_colours(k)])

    assert (steps < -8).all()


def test_the_colour_of_no_data_is_not_the_palest_class():
    assert NO_DATA_COLOUR not in {colour for k in CLASS_COUNTS for colour in class_colours(k)}


@pytest.mark.parametrize("k", [0, 1, 2, 7])
def test_there_are_as_many_colours_as_classes(k):
    assert len(set(class_colours(k))) == k
