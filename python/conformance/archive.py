"""Packs a `.keras` archive anew, so that the same model always gives the same bytes.

Keras stores the entries as they are and notes the time. Most cases are packed with deflate, which
archives that went through other tools have, and which keeps the fixtures small; some stay stored.
"""

import json
import zipfile
from pathlib import Path

DATE = "2025-01-01@00:00:00"


def repack(file: Path, stored: bool) -> None:
    with zipfile.ZipFile(file) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    metadata = json.loads(entries["metadata.json"])
    entries["metadata.json"] = json.dumps({**metadata, "date_saved": DATE}).encode()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, method, compresslevel=9)
