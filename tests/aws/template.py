"""The CloudFormation template as data: `!Ref X` is {"Ref": "X"}, `!Sub X` is {"Fn::Sub": "X"}, and so on."""

from __future__ import annotations

import functools
from typing import Any

import yaml  # type: ignore[import-untyped] # the linter's; it has no types of its own

from sevenbot.aws import deployment


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    pass


def _tagged(loader: Any, suffix: str, node: Any) -> dict[str, Any]:
    build = {
        yaml.ScalarNode: loader.construct_scalar,
        yaml.SequenceNode: lambda node: loader.construct_sequence(node, deep=True),
    }
    value = build.get(type(node), lambda node: loader.construct_mapping(node, deep=True))(node)
    if suffix == "GetAtt":
        value = value.split(".")
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _tagged)


@functools.cache
def template() -> dict[str, Any]:
    """Return the whole template."""
    found: dict[str, Any] = yaml.load(deployment.template(), Loader=_Loader)
    return found


def resources(kind: str = "") -> dict[str, dict[str, Any]]:
    """Return the resources of a type ("AWS::Lambda::Function"), or all, by logical id."""
    return {name: found for name, found in template()["Resources"].items() if kind in ("", found["Type"])}


def properties(name: str) -> dict[str, Any]:
    """Return the properties of one resource."""
    found: dict[str, Any] = template()["Resources"][name]["Properties"]
    return found
