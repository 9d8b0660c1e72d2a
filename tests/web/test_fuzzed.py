"""Schemathesis asks the API what its description allows, and what it does not; every answer must be as described."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from starlette.applications import Starlette

from tacitus.web.openapi import description
from tests.web.conftest import HOST

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
]


HEADERS = {"host": HOST.removeprefix("http://")}
OPERATIONS = [found.ok() for found in schemathesis.openapi.from_dict(description()).get_all_operations()]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.path)
def test_every_answer_is_as_described(app: Starlette, operation, mode: GenerationMode) -> None:  # type: ignore[no-untyped-def]
    @settings(deadline=None, max_examples=8, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case: schemathesis.Case) -> None:
        period = [(case.query or {}).get(name) for name in ("since", "until")]
        assume(not all(isinstance(day, str) for day in period) or period == sorted(period))  # no schema can say it
        case.validate_response(case.call(app=app, base_url=HOST, headers=HEADERS), checks=CHECKS, headers=HEADERS)

    asked()
