"""``./dev bench``: fill databases of several sizes, measure the pages, print a table and JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winback.settings")
django.setup()

from accounts.enums import Role  # noqa: E402  # models can be read only now
from tests.bench import figures, machine, pages  # noqa: E402
from tests.bench.soak import THINK, soak  # noqa: E402

SIZES = "1000,10000"


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--cases", default=SIZES, help=f"sizes, comma-separated ({SIZES})")
    parser.add_argument("--rounds", type=int, default=40, help="requests per page")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    parser.add_argument("--soak", action="store_true", help="people with think time instead")
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--workers", type=int, default=2, help="of gunicorn, for --soak")
    found = parser.parse_args(argv)
    found.sizes = sorted({int(size) for size in found.cases.split(",")})
    return found


def environment(folder: Path, database: str) -> dict[str, str]:
    """Settings of the product as users get it, with state of its own."""
    return {
        **os.environ,
        "DATABASE_URL": database,
        "REDIS_URL": "",
        "VAR_DIR": str(folder / "var"),
        "LOG_LEVEL": "ERROR",
        "DEBUG": "false",
    }


def prepare(folder: Path, server: str, cases: int) -> dict[str, str]:
    """A database of so many cases."""
    env = environment(folder, f"{server}/winback_{cases}")
    machine.on_database(f"{server}/postgres", f"CREATE DATABASE winback_{cases}")
    start = time.monotonic()
    machine.manage(env, "migrate", "-v", "0")
    machine.manage(env, "demo", "--cases", str(cases))
    machine.on_database(env["DATABASE_URL"], "VACUUM ANALYZE")
    say(f"{cases:,} cases filled in {time.monotonic() - start:.0f} s")
    return env


def measure(port: int, rounds: int, today: date) -> tuple[list[figures.Line], int | None]:
    """Every page by its person; the memory of the worker afterwards."""
    roles = {page.who for page in pages.READ} | {Role.KEY_ACCOUNT_MANAGER}
    people = {role: pages.signed_in(port, role) for role in roles}
    lead = people[Role.KEY_ACCOUNT_MANAGER]
    nothing = [lead.usage()["cpu"] for _ in range(rounds)]
    bracket = figures.median(b - a for a, b in pairwise(nothing))
    found = [
        figures.line(page.name, pages.read(people[page.who], page, rounds), bracket)
        for page in pages.READ
    ]
    found.append(figures.line(pages.WRITE.name, pages.write(lead, rounds, today), bracket))
    return found, lead.usage()["memory"]


def bench(options: argparse.Namespace, folder: Path, server: str) -> None:
    sizes, memory = {}, {}
    for size in options.sizes:
        env = prepare(folder, server, size)
        with machine.web(env, folder, workers=1, threads=1) as port:
            sizes[size], memory[size] = measure(port, options.rounds, date.today())
    say(f"\n{heading()}\n\n{figures.table(sizes)}\n")
    for size, used in memory.items():
        say(f"Memory of the worker at {size:,} cases: {(used or 0) / 1e6:.0f} MB")
    told = {"about": heading(), "memory": memory, "sizes": figures.as_json(sizes)}
    text = json.dumps(told, indent=1)
    if options.json:
        options.json.write_text(text)
    else:
        say(f"\n{text}")


def run_soak(options: argparse.Namespace, folder: Path, server: str) -> int:
    """Print the line for docs/performance.md; 1 where anything failed."""
    size = options.sizes[-1]
    env = prepare(folder, server, size)
    with machine.web(env, folder, workers=options.workers, threads=4) as port:
        people = soak(port, users=options.users, minutes=options.minutes, today=date.today())
    problems = sum((person.problems for person in people), Counter())
    for problem, count in problems.most_common(10):
        say(f"{count} × {problem}")
    facts = {
        "on": heading(),
        "cases": f"{size:,}",
        "people": options.users,
        "think": f"{THINK[0]:.0f}–{THINK[1]:.0f} s",
        "minutes": f"{options.minutes:g}",
        "workers": options.workers,
    }
    seconds = [each for person in people for each in person.seconds]
    say(f"\n{figures.SOAK_HEAD}")
    say(figures.soak_line(seconds, problems.total(), facts))
    return 1 if problems else 0


def heading() -> str:
    """Date, commit and machine."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, cwd=machine.ROOT, capture_output=True, text=True)
    return (
        f"{date.today().isoformat()}, {commit.stdout.strip() or 'no commit'}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}"
    )


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  # a program for the terminal


def main(argv: list[str]) -> int:
    options = arguments(argv)
    with tempfile.TemporaryDirectory(prefix="winback-bench-") as name:
        folder = Path(name)
        try:
            with machine.cluster(folder) as server:
                if options.soak:
                    return run_soak(options, folder, server)
                bench(options, folder, server)
        except machine.Missing as missing:
            say(f"Skipped: {missing}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
