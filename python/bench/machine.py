"""What was measured on, and with which versions."""

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

from bench.peers import jars

ARTIFACTS = {
    "ONNX Runtime": ("onnxruntime", "onnxruntime"),
    "Deeplearning4j": ("stock-dl4j", "deeplearning4j-modelimport"),
    "TensorFlow Java": ("tensorflow-java", "tensorflow-core-api"),
    "JMH": ("all", "jmh-core"),
}


def describe() -> dict[str, str]:
    return {
        "CPU": f"{cpu()}, {os.cpu_count()} cores",
        "RAM": f"{total_memory() / 2**20:.1f} GiB",
        "OS": operating_system(),
        "load before": f"{os.getloadavg()[0]:.2f}",
        "Java": java(),
        "Python": platform.python_version(),
        **{name: artifact(*where) for name, where in ARTIFACTS.items()},
        "Keras": version("keras"),
        "TensorFlow (Python)": version("tensorflow-cpu"),
        "Keras 2, which wrote the files for stock Deeplearning4j": version("tf_keras"),
    }


def cpu() -> str:
    found = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    return found.group(1).strip() if found else platform.machine()


def total_memory() -> int:
    """In KiB."""
    found = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    return int(found.group(1)) if found else 0


def operating_system() -> str:
    name = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return f"{name}, Linux {platform.release().split('-')[0]}"


def java() -> str:
    done = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True)
    return done.stderr.splitlines()[1].removeprefix("OpenJDK Runtime Environment ").strip("()")


def artifact(classpath: str, name: str) -> str:
    """The version in a jar's name."""
    for jar in jars(classpath):
        found = re.fullmatch(rf"{re.escape(name)}-(\d.*)\.jar", jar.name)
        if found:
            return found.group(1)
    raise LookupError(f"no {name} on the class path of {classpath}")
