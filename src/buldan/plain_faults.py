"""What is wrong with a setting, a parameter or a member, in plain words in the place of pydantic's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["say_fault"]

_FAULTS = {
    "bool_parsing": "must be true or false",
    "extra_forbidden": "is not known here; leave it out",
    "float_parsing": "must be a number",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be {ge} or more",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be {le} or less",
    "list_type": "must be a list",
    "literal_error": "must be one of {expected}",
    "missing": "is missing",
    "string_too_long": "must have {max_length} characters or fewer",
    "string_too_short": "must have {min_length} characters or more",
    "string_type": "must be text",
    "too_long": "must have {max_length} items or fewer",
    "too_short": "must have {min_length} items or more",
    "value_error": "{error}",
}


def say_fault(fault: Mapping[str, Any]) -> str:
    """One error of `ValidationError.errors()` in words that follow the name of what is wrong."""
    words = _FAULTS.get(fault["type"])
    return words.format(**fault.get("ctx", {})) if words else str(fault["msg"])
