"""Messages for errors in a setting, a parameter or a JSON member, in plainer words than those of pydantic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["say_fault"]

_FAULTS = {
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "dataclass_type": "must be a JSON object",
    "dict_type": "must be a JSON object",
    "extra_forbidden": "is not known here; leave it out",
    "finite_number": "must be a finite number",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be {ge} or more",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "is too large",
    "int_type": "must be a whole number",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be {le} or less",
    "list_type": "must be a list",
    "literal_error": "must be {expected}",
    "missing": "is missing",
    "model_attributes_type": "must be a JSON object",
    "model_type": "must be a JSON object",
    "string_pattern_mismatch": "must have the form {pattern}",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must have {min_length} or more characters",
    "string_type": "must be text",
    "too_long": "must have at most {max_length} items",
    "too_short": "must have {min_length} or more items",
    "value_error": "{error}",
}


def say_fault(fault: Mapping[str, Any]) -> str:
    """The message for an error of `ValidationError.errors()`, to be written after the name of the field."""
    words = _FAULTS.get(fault["type"])
    if not words:
        return str(fault["msg"])
    facts = fault.get("ctx", {})
    # A limit of 180.0 is written as 180.
    plain = {key: int(fact) if isinstance(fact, float) and fact % 1 == 0 else fact for key, fact in facts.items()}
    return words.format(**plain)
