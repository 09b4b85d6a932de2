"""Settings of the service, from `BULDAN_*` variables: the only module that reads the environment.

Flags of `buldan serve` override variables. `docs/settings.md` lists them all.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from buldan.errors import QueryError
from buldan.plain_faults import say_fault

__all__ = ["Settings", "read_settings"]

_PREFIX = "BULDAN_"

Words = Annotated[tuple[str, ...], NoDecode]
"""Several values in one variable, separated by commas."""


class Settings(BaseSettings):
    """All settings; their descriptions are the documentation."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore")

    host: str = Field("127.0.0.1", description="Address to listen on; by default only this machine can reach it.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one and prints it.")
    workers: int = Field(1, ge=1, le=64, description="Number of processes; each answers on one core.")
    gazetteer: Path | None = Field(None, description="Folder of a gazetteer to use instead of the packaged one.")
    overlay: Path | None = Field(None, description="CSV or GeoJSON file of your own places, to search too.")
    preload: bool = Field(True, description="Load everything at the start, and not at the first request.")

    public_url: str = Field("", description="Address at which clients reach the service, with its path prefix.")
    root_path: str = Field("", description="Path prefix that a proxy adds (`/buldan`).")
    forwarded_allow_ips: str = Field("127.0.0.1", description="Proxies whose X-Forwarded-* headers are trusted.")
    cors_origins: Words = Field(("*",), description="Origins whose web pages may read; `*` for all, empty for none.")
    api_keys: Words = Field((), description="Keys that clients must send (X-API-Key or Bearer); empty for none.")

    key_in_path: bool = Field(
        False, description="Accept a key in the path too (`/key/KEY/nominatim`); it is never logged."
    )
    open_lookups: bool = Field(False, description="The page and single lookups need no key; batches and texts do.")
    open_paths: Words = Field(("/health", "/ready"), description="Paths without a key and without a rate limit.")
    rate_limit: str = Field("", description="Limit per key or address in each worker, such as `60/minute`; then 429.")

    max_body_bytes: int = Field(1_000_000, ge=1, description="Maximum size of a request body; a larger one gets 413.")
    max_url_bytes: int = Field(8_000, ge=100, description="Maximum length of path and query; a longer one gets 414.")
    max_header_bytes: int = Field(
        64_000, ge=1_000, description="Maximum size of request line and headers; larger ones get 431."
    )
    max_batch: int = Field(
        1_000,
        ge=1,
        description="Maximum number of names to /lookup, texts to /geoparse, queries to /reconcile at once.",
    )
    max_batch_letters: int = Field(
        100_000, ge=1, description="Maximum number of letters in all names or texts of a batch."
    )
    max_table_bytes: int = Field(
        5_000_000, ge=1, description="Maximum size of a body to /geocode; a larger one gets 413."
    )
    max_table_rows: int = Field(10_000, ge=1, description="Maximum number of rows of a table to /geocode.")
    table_time_limit_s: float = Field(60.0, gt=0, description="Seconds that a posted table may take; then it gets 503.")
    max_mentions: int = Field(5_000, ge=1, description="Maximum number of mentions listed in an answer of /geoparse.")
    least_score: float = Field(
        0.75, ge=0, le=1, description="Lowest score of an answer of Nominatim, Photon, GeoNames."
    )
    max_in_flight: int = Field(
        2_000, ge=1, description="Maximum number of requests at once, waiting ones included; then 503."
    )
    max_running: int = Field(
        2, ge=1, description="Maximum number of long requests (texts, batches) at once in a worker."
    )
    max_waiting: int = Field(32, ge=0, description="Maximum number of long requests that wait; then 503.")
    time_limit_s: float = Field(20.0, gt=0, description="Seconds that a long request may take; then it gets 503.")
    read_timeout_s: float = Field(30.0, gt=0, description="Seconds for headers, and for a body, to arrive; then 408.")
    keep_alive_s: int = Field(15, ge=1, description="Seconds that an idle connection stays open.")
    shutdown_s: int = Field(15, ge=1, description="Seconds for running requests to finish at shutdown.")

    cache_s: int = Field(3_600, ge=0, description="Cache-Control: max-age of answers from the gazetteer.")
    kept_answers_mb: int = Field(64, ge=0, description="Megabytes for answers that a worker keeps to give again.")
    tiles_url: str = Field(
        "", description="Map tiles that the page may show (`https://…/{z}/{x}/{y}.png`); empty for none."
    )
    tiles_attribution: str = Field("", description="Attribution of the tiles, in the words of their publisher.")
    access_log: bool = Field(True, description="Write one line of JSON for each request to standard error.")
    log_queries: bool = Field(
        False, description="Write query strings to the access log; posted texts are never logged."
    )
    metrics: bool = Field(True, description="Count requests and serve them at /metrics.")

    @field_validator("cors_origins", "api_keys", "open_paths", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value

    @field_validator("cors_origins")
    @classmethod
    def _check_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if origin != "*" and not re.fullmatch(r"https?://[^/\s?#]+", origin):
                raise ValueError("must each be * or like https://example.org, without a path")
        return value

    @field_validator("tiles_url")
    @classmethod
    def _check_tiles(cls, value: str) -> str:
        if value and not (re.match(r"https?://[\w.{}:-]+/", value) and all(f"{{{axis}}}" in value for axis in "xyz")):
            raise ValueError("must begin with https:// and hold {z}, {x} and {y}")
        return value

    @field_validator("public_url")
    @classmethod
    def _check_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value

    @field_validator("public_url", "root_path")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        stripped = value.rstrip("/")
        return f"/{stripped}" if stripped and not stripped.startswith(("/", "http://", "https://")) else stripped

    def to_environment(self) -> dict[str, str]:
        """Environment variables from which a worker process reads the same settings."""
        return {_PREFIX + name.upper(): _text(value) for name, value in self if value is not None}

    def hand_on(self, *, counts_folder: str | None = None) -> None:
        """Put these settings into the environment that worker processes inherit.

        `counts_folder` is the folder where workers share their counts; None with one worker.
        """
        os.environ.update(self.to_environment())
        if counts_folder:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts_folder


def read_settings(**flags: Any) -> Settings:
    """The settings: a flag is used before a variable, and a variable before the default; None is a flag not given.

    Raises:
        QueryError: a value is not valid; the message says which and why.
    """
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        given = f"--{name.replace('_', '-')}" if flags.get(name) is not None else f"{_PREFIX}{name.upper()}"
        raise QueryError(f"{given} {say_fault(first)}, not {first['input']!r}", field=name) from None


def _text(value: Any) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)
