"""`python -m conformance [--only NAME ...] [--out FOLDER]`, from the folder `python`.

`python -m conformance --applications FOLDER` writes models of `keras.applications` instead.
"""

import argparse
import logging
from pathlib import Path

from conformance import applications
from conformance.cases import CASES
from conformance.generate import generate
from conformance.readme import write_readme

FIXTURES = Path(__file__).parents[2] / "fixtures" / "conformance"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("--only", action="append", choices=sorted(CASES), metavar="NAME")
    parser.add_argument("--out", type=Path, default=FIXTURES)
    parser.add_argument("--applications", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    logging.getLogger("absl").setLevel(logging.ERROR)  # Keras advises against .h5, rightly
    if arguments.applications:
        applications.write(list(applications.APPLICATIONS), arguments.applications)
        print(f"{len(applications.APPLICATIONS)} applications written to {arguments.applications}")
        return
    chosen = [CASES[name] for name in arguments.only or CASES]
    generate(chosen, arguments.out)
    write_readme(arguments.out, list(CASES.values()))
    print(f"{len(chosen)} cases written to {arguments.out}")


if __name__ == "__main__":
    main()
