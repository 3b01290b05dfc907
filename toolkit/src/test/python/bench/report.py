"""Numbers of a benchmark and what is said of them: medians, intervals, rows, tables."""

import json
import math
import re

COVERAGE = 0.95


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def interval(values, coverage=COVERAGE):
    """An interval for the median that needs no assumption on how the values scatter, from their order alone:
    the k-th smallest and the k-th largest, with k as large as the coverage allows. None for too few values:
    of five even the smallest and the largest miss the median with probability 1/16."""
    n, ordered = len(values), sorted(values)
    k, outside = 0, 0.0
    while k < n // 2:
        outside += 2 * math.comb(n, k) / 2**n  # the median lies beyond the (k+1)-th value on either side
        if outside > 1 - coverage:
            break
        k += 1
    return [ordered[k - 1], ordered[n - k]] if k else None


def ratios(ours, others, better):
    """Round by round, so that what slows the whole machine for a while cancels; above 1 means that ours is better."""
    return [a / b if better == "higher" else b / a for a, b in zip(ours, others)]


def row(workload, threads, unit, sides, better="higher"):
    """A measured row.

    sides: for each of ours, peer, peer_fused and floor what its rounds gave
    better: whether higher or lower is better, or neither, for what has no ratio
    """
    made = {"workload": workload, "threads": threads, "unit": unit, "better": better}
    for name in ("ours", "peer", "peer_fused", "floor"):
        values = sides.get(name)
        made[name] = median(values) if values else None
        made[f"{name}_interval"] = interval(values) if values else None
    for name, other in (("ratio", "peer"), ("ratio_fused", "peer_fused"), ("floor_share", "floor")):
        known = better != "neither" and sides.get(other)
        paired = ratios(sides["ours"], sides[other], better) if known else None
        made[name] = median(paired) if paired else None
        made[f"{name}_interval"] = interval(paired) if paired else None
    made["rounds"] = len(sides["ours"])
    return made


def growth(points, stretches=8):
    """By how much the y of points (x, y) grow for each unit of x, in each of so many stretches.

    Memory that leaks grows in all of them, and so does the median; one more block, or one that is handed back, lies in one.
    """
    ends = [points[(len(points) - 1) * i // stretches] for i in range(stretches + 1)]
    return [(last - first) / (to - start) for (start, first), (to, last) in zip(ends, ends[1:])]


def number(value, digits=3):
    """With so many significant digits, and no fewer than the digits before the point."""
    if value is None:
        return "–"
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return f"{value:,.{min(places, 6)}f}"


def with_interval(made, name, digits=3):
    value, found = made.get(name), made.get(f"{name}_interval")
    if value is None:
        return "–"
    return number(value, digits) + (f" [{number(found[0], digits)}, {number(found[1], digits)}]" if found else "")


def line(made):
    """One row for the terminal."""
    parts = [f"ours {with_interval(made, 'ours')}"]
    parts += [f"{said} {with_interval(made, name)}"
              for said, name in (("PyTorch", "peer"), ("fused", "peer_fused")) if made[name] is not None]
    ratios = [f"{said} {with_interval(made, name)}"
              for said, name in (("ratio", "ratio"), ("to fused", "ratio_fused"), ("share of the floor", "floor_share"))
              if made[name] is not None]
    if made.get("disturbed"):
        ratios.append(f"{made['disturbed']} turns disturbed")
    threads = f"{made['threads']} thread{'s' if made['threads'] > 1 else ''}"
    return f"  {threads:10}{', '.join(parts)} {made['unit']}" + (f"\n{'':12}{', '.join(ratios)}" if ratios else "")


FOOTNOTE = """Each number is the median of its rounds; in [ ] is a 95 % interval for it, from the rounds' order alone. A ratio is taken
within each round, where the sides worked one after the other; above 1 means that ours is better. Ours includes its
history, its losses at every step, its watcher and the validation after each epoch, spread over the epoch's steps; the
peer reads one loss a step and does not validate. The floor is the same matrix products, convolutions and Adam alone.
Before and after each turn of steps or images a matrix product says what the machine's cores give at that moment; a turn is
repeated when that is less than 0.75 of the most seen, as when a virtual machine's two cores are for a while one."""


def read(path):
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"rows": []}


def merge(rows, newer):
    """The rows with the newer ones in the place of those of the same workload and threads."""
    key = lambda made: (made["workload"], made["threads"])
    replaced = {key(made): made for made in newer}
    kept = [replaced.pop(key(made), made) for made in rows]
    return kept + list(replaced.values())


# ---------------------------------------------------------------- the README's table

BEGIN, END = "<!-- bench: made by ./lab bench --readme -->", "<!-- /bench -->"


def table(rows):
    """Markdown of all rows, in their order."""
    lines = ["| workload | threads | ours | PyTorch | fused | ratio | to fused | of the floor |",
             "|---|---|---|---|---|---|---|---|"]
    for made in rows:
        lines.append(
            f"| `{made['workload']}`, {made['unit']} | {made['threads']} | {number(made['ours'])} | {number(made['peer'])}"
            f" | {number(made['peer_fused'])} | {with_interval(made, 'ratio')} | {with_interval(made, 'ratio_fused')}"
            f" | {number(made['floor_share'], 2)} |")
    return "\n".join(lines)


def with_table(readme, rows):
    """The README's text with the table between its markers."""
    if readme.count(BEGIN) != 1 or readme.count(END) != 1:
        raise ValueError(f"expected the markers {BEGIN} and {END} once each")
    return re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: f"{BEGIN}\n{table(rows)}\n{END}", readme, flags=re.S)
