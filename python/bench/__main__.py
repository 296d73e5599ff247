"""`python -m bench [--quick] [--serving] [--report]`, started by `src/bench/run`."""

import argparse
import json
import logging
import time
from dataclasses import asdict

from bench import machine, measure, models, report, serving
from bench.measure import QUICK, Plan, Results, say
from bench.peers import OUT, ROOT
from bench.serving_report import serving_report

JSON = OUT / "results.json"


def main() -> None:
    parser = argparse.ArgumentParser(prog="src/bench/run", description="Measures Atelier's peers.")
    parser.add_argument("--quick", action="store_true", help="a try of few minutes")
    parser.add_argument("--serving", action="store_true", help="measure the servers only")
    parser.add_argument("--report", action="store_true", help="write the last results anew")
    arguments = parser.parse_args()
    if not (arguments.report or arguments.serving):
        run(arguments.quick)
    if not arguments.report:
        say("servers")
        serving.measure(serving.QUICK if arguments.quick else serving.Plan())
    write()


def write() -> None:
    of_servers = json.loads(serving.JSON.read_text())
    if not JSON.exists():
        print(serving_report(of_servers))
        return
    results = json.loads(JSON.read_text())
    text = report.report(results, of_servers)
    (OUT / "benchmarks.md").write_text(text)
    written = OUT / "benchmarks.md"
    if not (results["quick"] or of_servers["quick"]):
        written = ROOT / "docs" / "benchmarks.md"
        written.write_text(text)
    say(f"written: {written.relative_to(ROOT)}")


def run(quick: bool) -> None:
    logging.getLogger("absl").setLevel(logging.ERROR)
    plan = QUICK if quick else Plan()
    results = Results()
    started = time.time()
    description = machine.describe()
    folders = {source: OUT / "models" / source.name for source in models.SOURCES}
    for source, folder in folders.items():
        say(f"model {source.name}: {source.title}")
        models.write(folder, source)
        measure.write_graph(folder)
    flagship = next(iter(folders.values()))
    measure.jar_sizes(results)
    say("cold starts")
    measure.cold_starts(flagship, plan, results)
    for threads in plan.threads:
        for source, folder in folders.items():
            rounds = plan.rounds if folder is flagship else plan.other_rounds
            say(f"predictions of {source.name}")
            measure.predictions(folder, threads, plan, rounds, results)
            save(results, description, quick, started)
        say("training")
        measure.training(flagship, threads, plan, results)
        save(results, description, quick, started)


def save(results: Results, description: dict[str, str], quick: bool, started: float) -> None:
    """After each group, so that a run that is stopped leaves what it has."""
    entry = {
        "command": f"src/bench/run{' --quick' if quick else ''}",
        "quick": quick,
        "date": time.strftime("%Y-%m-%d", time.localtime(started)),
        "minutes": (time.time() - started) / 60,
        "machine": description,
        "models": {source.name: source.title for source in models.SOURCES},
        **asdict(results),
    }
    JSON.write_text(json.dumps(entry, indent=1))


if __name__ == "__main__":
    main()
