"""What a name meant in a year is said by the table, and by it alone."""

from ccgeo.places.dated import meaning_on
from ccgeo.places.gazetteer import has_unit
from ccgeo.places.geocoder import geocode
from ccgeo.places.tables import read_table

ROWS = read_table("geo/dated.csv")


def test_every_row_leads_to_a_unit_and_has_a_source():
    assert all(has_unit(target, "2025") for target in ROWS["target"])
    assert (ROWS[["name", "kind", "precision", "source"]] != "").all(axis=None)


def test_every_row_is_found_in_its_years_and_not_after():
    for row in ROWS.itertuples():
        name = geocode(row.name).alias
        assert meaning_on(name, row.until).target == row.target
        after = meaning_on(name, str(int(row.until) + 30))
        assert after is None


def test_a_name_that_never_changed_has_no_other_meaning():
    assert meaning_on("南岸区", "1990") is None
