"""
Twenty people who type at the same time into the page of ``claimcheck serve``.

    python bench/serve.py [--people 20] [--seconds 30] [--words 150]

Each begins with a draft of ``--words`` words, of which every fourth sentence makes a claim, adds a word every 300 ms,
and sends the whole draft each time, as the page does: an answer that is late delays the next question. It starts the
server itself, with as many processes as the machine has cores, and prints

- how many answers came, and how many questions went wrong;
- how long an answer took: the middle one, and the one that 95 of 100 are faster than;
- how long one person alone waits for the marks in a draft of 1,000 words, once all is warm.

It exits with 1 if anything went wrong, if the 95th of 100 answers took 500 ms, or if 1,000 words took 150 ms.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PAUSE = 0.3  # seconds
MOST_P95 = 0.5  # seconds
MOST_ALONE = 0.15  # seconds, for 1,000 words
RUNS = 15

_SENTENCES = (
    "Our serum comes in a green jar that you can send back to us for a refill.",
    "It smooths fine lines and leaves skin looking fresh.",
    "Apply a small amount in the morning and in the evening.",
    "We are open from Tuesday to Saturday, and on Thursdays until eight.",
    "The scent is of bergamot and cedar, with a little orange peel on warm days.",
    "A peel in our clinic fades dark spots in two weeks.",
    "Results vary from person to person.",
    "Every label lists the ingredients in the order of their amounts.",
    "Store the bottle in a dry place, away from the sun.",
    "It is clinically proven to boost collagen.",
    "Ask at the desk for a sample of the cream before you buy the large size.",
    "Parking is free behind the building after six.",
)


@dataclass
class Tally:
    """What all have seen: seconds that answers took, and what went wrong."""

    taken: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def main() -> int:
    """Print all figures; 1 if one of them is not good enough."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--words", type=int, default=150)
    options = parser.parse_args()
    command = (sys.executable, "-m", "claimcheck", "serve", "--isolated")
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8") as server,
    ):
        assert server.stdout is not None  # noqa: S101  # it is a pipe
        host = urlsplit(server.stdout.readline().strip()).netloc
        try:
            _warm(host)
            alone = _alone(host)
            tally = _all(host, options.people, options.seconds, options.words)
        finally:
            server.kill()
    p50, p95 = (statistics.quantiles(tally.taken, n=100)[at] for at in (49, 94))
    print(
        f"{options.people} people for {options.seconds:.0f} s: {len(tally.taken):,} answers, {len(tally.wrong)} errors"
    )
    print(f"an answer: p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, slowest {max(tally.taken) * 1000:.0f} ms")
    print(f"1,000 words, one person: {alone * 1000:.0f} ms")
    for one in sorted(set(tally.wrong)):
        print(f"wrong: {one}")
    return int(bool(tally.wrong) or p95 >= MOST_P95 or alone >= MOST_ALONE)


def _words(person: int) -> Iterator[str]:
    """Words without an end, other ones for each person."""
    for number in itertools.count(person):
        yield from f"{_SENTENCES[number * 7 % len(_SENTENCES)]}\n\n".split(" ")


def _draft(person: int, words: int) -> str:
    return " ".join(itertools.islice(_words(person), words))


class _Person:
    """One connection to the server, as a browser keeps it."""

    def __init__(self, host: str) -> None:
        self._line = http.client.HTTPConnection(host, timeout=60)
        self._headers = {"Origin": f"http://{host}", "Content-Type": "application/octet-stream"}

    def ask(self, draft: str) -> dict[str, object]:
        """What is found in a draft; an error if it is not answered as it should be."""
        self._line.request("POST", "/check?name=draft.md&policy=caveats&subject=auto", draft.encode(), self._headers)
        answer = self._line.getresponse()
        told: dict[str, object] = json.loads(answer.read())
        if answer.status != http.client.OK or not told["claims"]:
            raise ValueError(f"{answer.status}: {told.get('message', told.get('problem'))}")
        return told


def _warm(host: str) -> None:
    """Wait until every process has answered."""
    people = [threading.Thread(target=_Person(host).ask, args=(_draft(one, 100),)) for one in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join()


def _alone(host: str) -> float:
    person, taken = _Person(host), []
    for number in range(RUNS):
        draft = _draft(number, 1_000)
        began = time.perf_counter()
        person.ask(draft)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _all(host: str, people: int, seconds: float, words: int) -> Tally:
    tally = Tally()
    threads = [threading.Thread(target=_type, args=(host, one, seconds, words, tally)) for one in range(people)]
    for number, one in enumerate(threads):
        one.start()
        # People do not press their keys at once.
        time.sleep(PAUSE / people * (1 + number % 2))
    for one in threads:
        one.join()
    return tally


def _type(host: str, person: int, seconds: float, words: int, tally: Tally) -> None:
    asker, coming = _Person(host), _words(person)
    draft = " ".join(itertools.islice(coming, words))
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        draft = f"{draft} {next(coming)}"
        try:
            asker.ask(draft)
        except (OSError, ValueError, http.client.HTTPException) as error:
            tally.wrong.append(f"{type(error).__name__}: {error}")
            asker = _Person(host)
        taken = time.perf_counter() - began
        tally.taken.append(taken)
        time.sleep(max(0.0, PAUSE - taken))


if __name__ == "__main__":
    sys.exit(main())
