"""What a log says of an address."""

from __future__ import annotations

import pytest

from snippetsvc.tokens import shown_path


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        pytest.param("/articles/harbour", "/articles/harbour", id="no token"),
        pytest.param("/s/1-abcdefgh.ijk", "/s/1-abcd…", id="a token"),
        pytest.param("/s/1-abcdefgh.ijk/print", "/s/1-abcd…/print", id="below a token"),
        pytest.param("/s/1-abcdefgh.ijk.json", "/s/1-abcd…", id="an export"),
        pytest.param("/api/v1/shares/1-abcdefgh.ijk", "/api/v1/shares/1-abcd…", id="of the API"),
        pytest.param("/s//1-abcdefgh.ijk", "/s//1-abcd…", id="a slash too many"),
        pytest.param("/s/1-a.bcdefghijk", "/s/1-a…", id="an early dot"),
        pytest.param("/articles/x\nGET /all is well", "/articles/x\\nGET /all is well", id="a second line"),
        pytest.param("/articles/\x1b[2J\u202e", "/articles/\\x1b[2J\\u202e", id="control characters"),
        pytest.param("/articles/гавань", "/articles/гавань", id="other letters"),
    ],
)
def test_paths(path: str, shown: str) -> None:
    assert shown_path(path) == shown
