"""The OpenAPI document says what the application answers, and whatever it allows makes no fault (schemathesis)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.routing import Mount, Route

from config.watch import Weekday
from pipeline.events import Language
from tests.warehouse.web.reader import WebReader
from tests.warehouse.web.serving import serving
from warehouse.web import app as application
from warehouse.web.app import ADDRESSES, create_app
from warehouse.web.facts import FILTERS, KINDS
from warehouse.web.selection import PARAMETERS, STATES
from warehouse.web.signup import PARAMETERS as SIGN_UP
from warehouse.web.site import Site
from warehouse.web.words import ANNOUNCING, LANGUAGES

EXAMPLES = {GenerationMode.POSITIVE: 12, GenerationMode.NEGATIVE: 5}
"""Of each operation: of what the document allows, and of what it does not."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
KNOWN = {"story_id": "story-dam", "entity_id": "agence_eau", "code": "eau", "scheme": "sector", "about": "sector"}


@pytest.fixture(scope="module")
def served(site: Site) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("UNCACHED_A_MINUTE", "DOWNLOADS_A_MINUTE", "FORMS_A_MINUTE"):
            patch.setattr(application, name, 1e9)
        with serving(create_app(site)) as address:
            yield address


@pytest.fixture(scope="module")
def document(site: Site) -> Any:
    import json
    return json.loads(site.openapi)


def test_it_is_served(reader: WebReader, document: Any) -> None:
    response = reader.get("/openapi.json")
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    assert response.json() == document


def test_every_address_and_method_is_in_it(site: Site, document: Any) -> None:
    served: set[tuple[str, str]] = set()
    for one in create_app(site).routes:
        below = [(one.path, one)] if isinstance(one, Route) else []
        if isinstance(one, Mount):
            below = [("/{tongue}" + inner.path, inner) for inner in one.routes if isinstance(inner, Route)]
        served |= {(re.sub(r":\w+}", "}", path), method.lower()) for path, route in below for method in route.methods or ()
                   if method != "HEAD" and not path.startswith("/static/")}
    told = {(path, method) for path, operations in document["paths"].items() for method in operations if method != "parameters"}
    assert told == served


def test_its_parameters_are_those_that_are_read(document: Any) -> None:
    for address in ADDRESSES:
        told = document["paths"][f"/{{tongue}}/{address.path}"]["get"].get("parameters", [])
        names = {one.get("name") or one["$ref"].rpartition("/")[2] for one in told}
        assert names == set(address.parameters), address.path


def test_its_values_are_those_of_the_code(document: Any) -> None:
    schemas, parameters = document["components"]["schemas"], document["components"]["parameters"]
    assert schemas["ClaimKind"]["enum"] == list(ANNOUNCING)
    assert schemas["FactKind"]["enum"] == list(KINDS)
    assert schemas["Weekday"]["enum"] == list(get_args(Weekday))
    assert parameters["state"]["schema"]["enum"] == list(STATES)
    assert parameters["tongue"]["schema"]["enum"] == list(LANGUAGES)
    assert set(parameters["language"]["schema"]["enum"]) == set(get_args(Language))
    assert {*PARAMETERS, *FILTERS, *SIGN_UP} <= {
        one.get("name") or one["$ref"].rpartition("/")[2] for operations in document["paths"].values()
        for one in operations.get("get", {}).get("parameters", [])}


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_asked_no_fault_is_answered(served: str, document: Any, mode: GenerationMode) -> None:
    schema = openapi.from_dict(document)
    asked = 0
    with requests.Session() as session:
        for found in schema.get_all_operations():
            assert isinstance(found, Ok)
            strategy = cases(found.ok(), mode)
            if strategy is None:
                continue

            @settings(max_examples=EXAMPLES[mode], deadline=None, database=None, derandomize=True,
                      suppress_health_check=list(HealthCheck))
            @given(strategy)
            def answered(case: Case[Any]) -> None:
                nonlocal asked
                asked += 1
                # Not followed: where a form leads is an operation of its own.
                response = case.call(base_url=served, session=session, allow_redirects=False)
                case.validate_response(response, checks=CHECKS if mode is GenerationMode.POSITIVE else [not_a_server_error])
            answered()
    assert asked > 80


def cases(operation: Any, mode: GenerationMode) -> st.SearchStrategy[Case[Any]] | None:
    """Cases of an operation, some of them about what the press has; None where nothing about it can be wrong."""
    drawn: st.SearchStrategy[Case[Any]] = operation.as_strategy(mode)
    parts = [one.name for one in operation.path_parameters]
    if mode is GenerationMode.NEGATIVE:
        return drawn if parts or list(operation.query) else None
    known = {name: KNOWN[name] for name in parts if name in KNOWN}
    if not known:
        return drawn
    rest = {name: {"tongue": "ar", "form": "json"}[name] for name in parts if name not in known}
    return st.one_of(drawn, operation.as_strategy(mode, path_parameters={**known, **rest}))
