"""The peer on the JVM that Atelier's server is compared with: AWS's Multi Model Server.

Its front end is Java (Netty) and hands pictures that come to `POST /predictions/fashion` to workers
in Python, in which Keras computes them. `python -m bench.mms_peer MODEL PORT` starts it without a
model; `POST /models` at the next port registers the model. Logs below a warning are off, as in the
other servers.
"""

import os
import sys
from pathlib import Path

from bench import keras_classifier
from bench.peers import OUT

HANDLER = "from bench.mms_peer import handle  # noqa: F401\n"
MANIFEST = '{"runtime": "python", "model": {"modelName": "fashion", "handler": "handler:handle"}}'
LOG = """<Configuration>
  <Appenders><Console name="err" target="SYSTEM_ERR"/></Appenders>
  <Loggers><Root level="warn"><AppenderRef ref="err"/></Root></Loggers>
</Configuration>
"""
FOLDER = OUT / "mms"

_classifiers = {}


def handle(requests: list[dict] | None, _context: object) -> list[dict]:
    """What a worker calls: first without requests, to make ready, then with each batch."""
    if not _classifiers:
        _classifiers["fashion"] = keras_classifier.load(os.environ["MODEL"])
    pictures = [bytes(request["body"]) for request in requests or []]
    return _classifiers["fashion"](pictures) if pictures else []


def write(port: int) -> None:
    """The files that tell the server what to do."""
    model = FOLDER / "fashion"
    (model / "MAR-INF").mkdir(parents=True, exist_ok=True)
    (model / "handler.py").write_text(HANDLER)
    (model / "MAR-INF" / "MANIFEST.json").write_text(MANIFEST)
    (FOLDER / "log4j2.xml").write_text(LOG)
    (FOLDER / "config.properties").write_text(
        f"inference_address=http://127.0.0.1:{port}\n"
        f"management_address=http://127.0.0.1:{port + 1}\n"
        "job_queue_size=512\n"
    )


def main(model: str, port: int) -> None:
    """Becomes the server."""
    import mms

    write(port)
    os.environ["MODEL"] = model
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])
    package = Path(mms.__file__).parent
    command = [
        "java",
        f"-Dmodel_server_home={package.parent}",
        f"-Dlog4j.configurationFile={FOLDER / 'log4j2.xml'}",
        *("-cp", str(package / "frontend" / "model-server.jar")),
        "com.amazonaws.ml.mms.ModelServer",
        *("--python", sys.executable),
        *("-f", str(FOLDER / "config.properties")),
        *("-s", str(FOLDER)),
    ]
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
