"""Rounds, so that two programs can take turns on one machine; the other side's are in Rounds.java."""

import json
import sys
import time

import torch

WARM_UP = 2  # seconds


def take_turns(step, cycle=1, **facts):
    """Warms up and says so with the facts; then each line `go 1.5` on the standard input asks for a round of at least
    so many seconds and a multiple of `cycle` steps. Answers are lines of JSON."""
    run(step, cycle, WARM_UP)
    say(ready=f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads", **facts)
    for line in sys.stdin:
        say(**run(step, cycle, float(line.removeprefix("go "))))


def run(step, cycle, seconds):
    begun, steps = time.perf_counter(), 0
    while True:
        loss = step()
        steps += 1
        passed = time.perf_counter() - begun
        if steps % cycle == 0 and passed >= seconds:
            return {"steps": steps, "seconds": passed, "loss": loss}


def memory(step, steps, warm_up=300):
    """The resident memory after every tenth step, as MemoryGrowth.java measures it."""
    points = []
    for number in range(1, warm_up + steps + 1):
        step()
        if number > warm_up and number % 10 == 0:
            points.append((number, resident_bytes()))
    return {"points": points}


def resident_bytes():
    with open("/proc/self/statm") as file:
        return 4096 * int(file.read().split()[1])


def say(**values):
    print(json.dumps(values), flush=True)
