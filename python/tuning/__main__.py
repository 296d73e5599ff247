"""`python -m tuning [--data FOLDER]`, from the folder `python`: writes `fixtures/tuning`."""

import argparse
from pathlib import Path

from fashion import dataset
from tuning import images, model

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tuning"

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tuning", description=__doc__)
    parser.add_argument("--data", type=Path, default=dataset.DEBIAN)
    data = dataset.load(parser.parse_args().data)
    model.write(FIXTURES, data)
    model.write_evaluation(FIXTURES, data)
    images.write(FIXTURES, data)
