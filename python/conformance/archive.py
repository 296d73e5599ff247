"""Packs a `.keras` archive anew, so that the same model always gives the same bytes.

Keras stores the entries as they are, notes the time and numbers shared objects by their place in
memory; here the time is fixed and the numbers count from 1. Most cases are packed with deflate,
which archives that went through other tools have, and which keeps the fixtures small; some stay
stored.
"""

import json
import re
import zipfile
from pathlib import Path

DATE = "2025-01-01@00:00:00"


def repack(file: Path, stored: bool) -> None:
    entries = read_entries(file)
    metadata = json.loads(entries["metadata.json"])
    entries["metadata.json"] = json.dumps({**metadata, "date_saved": DATE}).encode()
    entries["config.json"] = renumber(entries["config.json"].decode()).encode()
    pack(file, entries, stored)


def pack(file: Path, entries: dict[str, bytes], stored: bool) -> None:
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, method, compresslevel=9)


def read_entries(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def renumber(config: str) -> str:
    numbers: dict[str, int] = {}
    return re.sub(
        r'(?<="shared_object_id": )\d+',
        lambda match: str(numbers.setdefault(match[0], len(numbers) + 1)),
        config,
    )
