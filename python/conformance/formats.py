"""Writes a model as architecture and weights apart, and as the `.keras` archives of Keras 2.

What Keras 2 writes comes from genuine Keras 2 (`tf_keras`) in a process of its own. The archive of
Keras 2.13 comes from it too, with the two functions of its saving library that changed since put
back as they were: they named a layer's group before they looked whether the layer had been saved,
so that numbers are left out.
"""

import contextlib
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras

from conformance import archive
from conformance.registry import Case
from exporter import reference, weights

OTHER_NAMES = "renamed_"
OLD_ROOT = "_layer_checkpoint_dependencies"  # which is skipped since


def write_apart(case: Case, folder: Path, model: Any) -> None:
    (folder / "architecture.json").write_text(model.to_json())
    model.save_weights(folder / "architecture.weights.h5")
    loaded = keras.models.model_from_json((folder / "architecture.json").read_text())
    loaded.load_weights(folder / "architecture.weights.h5")
    check(folder, loaded)
    in_keras2(case, folder, model, "apart")


def write_keras2_archive(case: Case, folder: Path, model: Any) -> None:
    in_keras2(case, folder, model, "archives")


def in_keras2(case: Case, folder: Path, model: Any, what: str) -> None:
    weights.save(model, folder / "weights.npz")
    address = f"{case.build.__module__}:{case.build.__name__}"
    subprocess.run(
        [sys.executable, "-m", "conformance.formats", what, address, str(folder.resolve())],
        cwd=Path(__file__).parents[1],
        check=True,
    )
    (folder / "weights.npz").unlink()


def check(folder: Path, model: Any) -> None:
    entries = reference.read(folder / "reference.npz")
    inputs = reference.numbered(entries, "inputs")
    computed = reference.flat_outputs(model, tuple(inputs))
    reference.check(computed, reference.numbered(entries, "outputs"), str(folder))


def main(what: str, address: str, folder: Path) -> None:
    import tf_keras

    module, function = address.split(":")
    build = getattr(importlib.import_module(module), function)
    model = build(tf_keras)
    weights.load(model, folder / "weights.npz")
    {"apart": apart, "archives": archives}[what](tf_keras, model, folder)


def apart(k: Any, model: Any, folder: Path) -> None:
    """Two layouts of weights, and a third file from a model whose layers have other names."""
    for name in ("architecture-keras2", "architecture-keras2-new", "architecture-keras2-renamed"):
        # Keras 2 tells by the name which layout is meant.
        file = folder / f"{name}{'.weights' if name.endswith('new') else ''}.h5"
        saved = renamed(k, model) if name.endswith("renamed") else model
        (folder / f"{name}.json").write_text(model.to_json())
        saved.save_weights(file)
        loaded = k.models.model_from_json((folder / f"{name}.json").read_text())
        loaded.load_weights(file)
        check(folder, loaded)
        file.rename(folder / f"{name}.weights.h5")


def renamed(k: Any, model: Any) -> Any:
    config = json.loads(model.to_json())
    for layer in config["config"]["layers"]:
        layer["config"]["name"] = OTHER_NAMES + layer["config"]["name"]
    twin = k.models.model_from_json(json.dumps(config))
    twin.set_weights(model.get_weights())
    return twin


def archives(k: Any, model: Any, folder: Path) -> None:
    model.save(folder / "model-keras2-15.keras")
    archive.repack(folder / "model-keras2-15.keras", stored=False)
    check(folder, k.models.load_model(folder / "model-keras2-15.keras"))
    put_keras_2_13_back()
    file = folder / "model-keras2-13.keras"
    model.save(file)
    check(folder, k.models.load_model(file))
    archive.repack(file, stored=False)
    entries = archive.read_entries(file)
    config = json.loads(entries["config.json"])
    config |= {"module": "keras.src.engine.sequential", "registered_name": "Sequential"}
    entries["config.json"] = json.dumps(config).encode()
    metadata = json.loads(entries["metadata.json"])
    entries["metadata.json"] = json.dumps({**metadata, "keras_version": "2.13.1"}).encode()
    archive.pack(file, entries, stored=False)


def put_keras_2_13_back() -> None:
    from tf_keras.src.saving import saving_lib

    def save(container: Any, weights: Any, assets: Any, inner_path: str, visited: Any) -> None:
        for member, path in members(container, inner_path):
            saving_lib._save_state(member, weights, assets, path, visited)

    def load(
        container: Any, weights: Any, assets: Any, inner_path: str, skip: bool, visited: Any
    ) -> None:
        for member, path in members(container, inner_path):
            saving_lib._load_state(member, weights, assets, path, skip, visited)

    saving_lib._walk_trackable = walk
    saving_lib._save_container_state = lambda container, *others, **named: save(
        container, *others, *named.values()
    )
    saving_lib._load_container_state = lambda container, *others, **named: load(
        container, *others, *named.values()
    )


def walk(trackable: Any) -> Iterator[tuple[str, Any]]:
    from tf_keras.src.saving import saving_lib

    skipped = saving_lib.ATTR_SKIPLIST
    for name in sorted(dir(trackable)):
        if not name.startswith("__") and (name == OLD_ROOT or name not in skipped):
            with contextlib.suppress(Exception):  # as there: some properties raise
                yield name, getattr(trackable, name)


def members(container: Any, inner_path: str) -> Iterator[tuple[Any, str]]:
    from tf_keras.src.saving import saving_lib
    from tf_keras.src.utils import generic_utils

    used: dict[str, int] = {}
    for member in container.values() if isinstance(container, dict) else container:
        if saving_lib._is_keras_trackable(member):
            name = generic_utils.to_snake_case(type(member).__name__)
            used[name] = used.get(name, -1) + 1
            number = f"_{used[name]}" if used[name] else ""
            yield member, f"{inner_path}/{name}{number}"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
