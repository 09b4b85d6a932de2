"""Compile: the publishers' files and our own facts become the gazetteer.

    read ─▶ keep what lies in Syria ─▶ conflate ─▶ merge ─▶ ids ─▶ outlines ─▶ write

One reader a source (`compile/sources`), each unaware of the others; rules in `compile/tables`.
"""

from buldan.compile.build import CompileReport, compile_gazetteer
from buldan.compile.revise import revise_gazetteer

__all__ = ["CompileReport", "compile_gazetteer", "revise_gazetteer"]
