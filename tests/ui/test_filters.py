"""What a person may type to find a place."""

from ccgeo.ui.filters import place_labels


def test_a_place_is_found_by_either_name_pinyin_and_former_name():
    for language in ("en", "zh"):
        label = place_labels(language)["510114"]
        for word in ("Xindu", "新都区", "Xīndū", "新都县"):
            assert word in label
    assert place_labels("zh")["510114"].startswith("新都区")


def test_places_of_the_same_name_have_different_labels():
    for language in ("en", "zh"):
        labels = place_labels(language)
        assert len(set(labels.values())) == len(labels)
