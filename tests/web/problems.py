"""Problem documents, and what they all have in common."""

from __future__ import annotations

from typing import Any

from tests.service import Answer


def is_problem(answer: Answer, status: int) -> dict[str, Any]:
    """See that it is a problem document of this status; its content."""
    assert answer.status == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    problem: dict[str, Any] = answer.json
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]
    assert len(problem["detail"]) < 1_000
    for error in problem["errors"]:
        assert error.keys() == {"pointer", "rule", "detail"}
        assert error["rule"]
        assert error["detail"]
    return problem
