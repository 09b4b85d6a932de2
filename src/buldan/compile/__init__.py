"""Compile the gazetteer from the publishers' files and our own facts.

    read ─▶ keep places in Syria ─▶ conflate ─▶ merge ─▶ ids ─▶ outlines ─▶ write

Each source has one reader (`compile/sources`), independent of the others; rules are in `compile/tables`.
"""

from buldan.compile.build import CompileReport, compile_gazetteer
from buldan.compile.revise import revise_gazetteer

__all__ = ["CompileReport", "compile_gazetteer", "revise_gazetteer"]
