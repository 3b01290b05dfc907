"""What a notebook that teaches an article must have, and what one of them lacks.

    python toolkit/src/test/python/notebook_check.py notebooks/0-overview.ipynb

articles.json lists, in our own words, the topics, questions and mistakes of the five articles, each with an id. A cell of the
notebook says in its metadata which of them it treats: {"covers": ["0-topic-gan"]}. references.md holds every work that
a notebook may cite, in the one form in which all of them cite it; a line goes in there after someone has looked the work up.

A notebook that teaches no article must have what every one must: outputs, captions, links and references that lead somewhere. Of a
page (README.md) only the links are looked at.
"""

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[3]
ARTICLES = json.loads((HERE / "articles.json").read_text(encoding="utf-8"))
REFERENCES = (HERE / "references.md").read_text(encoding="utf-8").splitlines()

LABELS = ("**Why.**", "**Right.**", "**Damage.**")
TABLE, LEARNED, EXERCISES, WORKS = "Where to find what", "What we learned", "Exercises", "References"
LONGEST_CLASS, LONGEST_TRAINING, WORDS_PER_LINE = 20, 3, 8

HEADING = re.compile(r"^(#{1,6}) +(.+?) *$", re.M)
CITED = re.compile(r"\b([A-Z][\w'’-]+)(?: et al\.| and (?:[A-Z]\. )?[A-Z][\w'’-]+|, [^().;]*? and [A-Z][\w'’-]+),? \(?((?:19|20)\d\d)\b")


def article_of(path):
    """The article that the notebook of this name teaches, or None."""
    return next((a for a in ARTICLES if a["notebook"] == Path(path).name), None)


def complaints(notebook, article=None, folder=ROOT / "notebooks"):
    """Everything that the notebook lacks, as text; an empty list when it is as it must be."""
    cells = [Cell(index, cell) for index, cell in enumerate(notebook["cells"], 1)]
    common = [*executed(cells), *pictured(cells, folder), *links(cells, folder), *references(cells)]
    return [*covered(cells, article), *proportions(cells), *ending(cells, article), *common] if article else common


class Cell:
    def __init__(self, number, cell):
        self.number, self.cell = number, cell
        self.is_code = cell["cell_type"] == "code"
        self.text = joined(cell["source"])
        self.covers = cell.get("metadata", {}).get("covers", [])
        self.outputs = cell.get("outputs", [])

    def prose(self):
        """What a reader reads in it: no code, formulas, addresses or tags."""
        text = re.sub(r"```.*?```|\$\$.*?\$\$", " ", self.text, flags=re.S)
        text = re.sub(r"`[^`\n]*`|\$[^$\n]*\$|<[^>]*>|\]\([^)]*\)", " ", text)
        return text

    def html(self):
        return [joined(output["data"]["text/html"]) for output in self.outputs if "text/html" in output.get("data", {})]


def joined(text):
    return text if isinstance(text, str) else "".join(text)


def squeezed(text):
    """Without what a quotation in Markdown adds or breaks: spaces, line ends, the signs of quotation and of code."""
    return re.sub(r"[\s`]|^>", "", text, flags=re.M)


# ---------------------------------------------------------------- the article


def covered(cells, article):
    """Each item has a cell, which says what the item is about; no cell names an item that is not there."""
    items = [*article["topics"], *article["questions"], *article["mistakes"]]
    known = {item["id"] for item in items}
    for cell in cells:
        for name in cell.covers:
            if name not in known:
                yield f"cell {cell.number} covers '{name}', which articles.json does not list for this notebook"
    for item in items:
        having = [cell for cell in cells if item["id"] in cell.covers]
        if not having:
            yield f"no cell covers {item['id']}: {item.get('what') or item['wrong']}"
        elif "says" in item:
            text = "\n".join(cell.text for cell in having).lower()
            if not any(word.lower() in text for word in item["says"]):
                yield f"the cells that cover {item['id']} say nothing of {' or '.join(item['says'])}"
        else:
            yield from quoted(item, having)


def quoted(item, having):
    """The article's line stands in a quotation, a Chinese one with a translation; of a mistake, all that belongs to it."""
    line, name = squeezed(item["line"]), item["id"]
    telling = [cell for cell in having if line in squeezed(cell.text)]
    if not telling:
        yield f"{name}: the cell does not quote «{item['line']}»"
        return
    for cell in telling:
        quotation = "\n".join(row for row in cell.text.splitlines() if row.startswith(">"))
        if re.search(r"[\u4e00-\u9fff]", item["line"]) and len(re.findall(r"[A-Za-z]{2,}", quotation)) < 4:
            yield f"{name}: cell {cell.number} quotes Chinese without a translation in the same quotation"
        if "-mistake-" in name:
            for label in LABELS:
                if label not in cell.text:
                    yield f"{name}: cell {cell.number} lacks {label}"


# ---------------------------------------------------------------- what is seen


def executed(cells):
    for cell in cells:
        if cell.is_code and cell.text.strip() and not cell.cell.get("execution_count"):
            yield f"cell {cell.number} is not executed"
        if any(output["output_type"] == "error" for output in cell.outputs):
            yield f"cell {cell.number} failed"


def pictured(cells, folder):
    """Every picture in an output has a caption and an alternative text; every one in prose the latter, and its file."""
    for cell in cells:
        for output in cell.outputs:
            page = joined(output.get("data", {}).get("text/html", ""))
            if any(kind.startswith("image/") for kind in output.get("data", {})) and "<img" not in page:
                yield f"cell {cell.number} shows a bare picture; show(\"caption\", picture) has caption and alternative text"
            if len(re.findall(r"<(?:img|audio)\b", page)) > len(re.findall(r"<figcaption>\s*[^<\s]", page)):
                yield f"cell {cell.number} shows a figure without a caption"
            yield from without_words(cell, page)
        if not cell.is_code:
            yield from without_words(cell, cell.text)
            for words, file in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)[^)]*\)", cell.text):
                if not words.strip():
                    yield f"cell {cell.number} has a picture without an alternative text: {file}"
                if not file.startswith("attachment:") and not (folder / file).is_file():
                    yield f"cell {cell.number} has a picture whose file is not there: {file}"


def without_words(cell, page):
    for tag in re.findall(r"<img\b[^>]*>", page):
        if not re.search(r"\balt=\"\s*[^\"\s]", tag):
            yield f"cell {cell.number} has a picture without an alternative text"


# ---------------------------------------------------------------- proportions


def proportions(cells):
    code = [cell for cell in cells if cell.is_code]
    lines = sum(len([line for line in cell.text.splitlines() if line.strip()]) for cell in code)
    words = sum(len(re.findall(r"[^\W\d_]{1,}", cell.prose())) for cell in cells if not cell.is_code)
    if words < WORDS_PER_LINE * lines:
        yield f"{words} words of prose to {lines} lines of code; at least {WORDS_PER_LINE} a line are asked"
    for cell in code:
        for name, length in classes(cell.text):
            if length > LONGEST_CLASS:
                yield f"cell {cell.number}: {name} has {length} lines, at most {LONGEST_CLASS} are allowed"
        for length in trainings(cell.text):
            if length > LONGEST_TRAINING:
                yield f"cell {cell.number}: {length} lines to train, at most {LONGEST_TRAINING} are allowed"


def classes(code):
    """Name and length of every class in a cell."""
    for match in re.finditer(r"\b(?:class|record|interface|enum)\s+(\w+)[^;{]*\{", code):
        depth, end = 1, match.end()
        while depth and end < len(code):
            depth += {"{": 1, "}": -1}.get(code[end], 0)
            end += 1
        start = code.rfind("\n", 0, match.start()) + 1
        yield match[1], code.count("\n", start, end) + 1


def trainings(code):
    """How many lines each statement has that trains."""
    for match in re.finditer(r"\.(?:fit|resume)\(", code):
        start = max(code.rfind(sign, 0, match.start()) for sign in ";{}") + 1
        start += len(code[start:]) - len(code[start:].lstrip())
        end = code.find(";", match.end())
        yield code.count("\n", start, len(code) if end < 0 else end) + 1


# ---------------------------------------------------------------- how it ends


def section(cells, title):
    """The text below the heading of this title, up to the next one of the same level or above; None where it is not there."""
    text = "\n\n".join(cell.text for cell in cells if not cell.is_code)
    for match in HEADING.finditer(text):
        if match[2] == title:
            following = (h for h in HEADING.finditer(text, match.end()) if len(h[1]) <= len(match[1]))
            end = next(following, None)
            return text[match.end() : end.start() if end else len(text)]
    return None


def ending(cells, article):
    titles = [match[2] for cell in cells if not cell.is_code for match in HEADING.finditer(cell.text)]
    if titles[-4:] != [TABLE, LEARNED, EXERCISES, WORKS]:
        yield f"the last headings are {titles[-4:]}, expected {[TABLE, LEARNED, EXERCISES, WORKS]}"
        return
    table = section(cells, TABLE)
    rows = [row for row in table.splitlines() if row.startswith("|") and "](#" in row]
    for topic in article["topics"]:
        if not any(word.lower() in row.lower() for row in rows for word in topic["says"]):
            yield f"no row of «{TABLE}» with a link to a section says {' or '.join(topic['says'])} ({topic['id']})"
    for question in article["questions"]:
        if not any(squeezed(question["line"]) in squeezed(row) for row in rows):
            yield f"no row of «{TABLE}» with a link to a section has the question {question['line']} ({question['id']})"
    exercises = section(cells, EXERCISES)
    asked, answered = exercises.count("**Exercise "), len(re.findall(r"<details>.+?</details>", exercises, re.S))
    if asked < 3 or asked != answered:
        yield f"{asked} exercises and {answered} answers folded into <details>; expected at least 3, each with its answer"


# ---------------------------------------------------------------- links and references


def links(cells, folder):
    prose = [cell for cell in cells if not cell.is_code]
    own = set().union(*(places(cell.text, ".ipynb") for cell in prose))
    for cell in prose:
        for complaint in dead(cell.text, folder, own):
            yield f"cell {cell.number}: {complaint}"


def page_links(path):
    """The links of a page of Markdown that lead nowhere."""
    text = path.read_text(encoding="utf-8")
    return list(dead(text, path.parent, places(text, path.suffix)))


def dead(text, folder, own):
    """The links of a text that lead to no file, or to no heading of it; its own headings are given, the web is not asked."""
    text = re.sub(r"```.*?```", "", text, flags=re.S)
    for target in re.findall(r"(?:\]\(|<(?:img|a)\b[^>]*(?:src|href)=\")([^)\s\"]+)", text):
        name, _, place = target.partition("#")
        if re.match(r"\w+:", target):
            continue
        if name and not (folder / name).exists():
            yield f"the link {target} leads to no file"
        elif place and place not in (places_of(folder / name) if name else own):
            yield f"the link {target} leads nowhere"


def places_of(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n\n".join(joined(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown")
    return places(text, path.suffix)


def places(text, suffix):
    """What a link may name in it: its headings, as Jupyter or as GitHub makes names of them, and what has a name of its own."""
    headings = [match[2] for match in HEADING.finditer(re.sub(r"```.*?```", "", text, flags=re.S))]
    if suffix == ".md":
        headings = [re.sub(r"[^\w\- ]", "", heading).lower() for heading in headings]
    return {heading.replace(" ", "-") for heading in headings} | set(re.findall(r"<a id=\"([^\"]+)\"", text))


def references(cells):
    """Every work is cited in the text and is one that was looked up; every citation has its work."""
    works = [line for line in (section(cells, WORKS) or "").splitlines() if line.strip()]
    for work in works:
        if work not in REFERENCES:
            yield f"not in references.md: {work}"
    prose = "\n".join(cell.text for cell in cells if not cell.is_code and f"# {WORKS}\n" not in cell.text)
    for work in works:
        name, years = first_author(work), re.findall(r"\b(?:19|20)\d\d\b", re.sub(r"arXiv:\S+", "", work))
        if not any(re.search(rf"\b{re.escape(name)}\b[^.\n]{{0,80}}(?:al\.)?[^.\n]{{0,20}}{year}", prose) for year in years):
            yield f"nobody cites: {work}"
    for name, year in set(CITED.findall(prose)):
        if not any(first_author(work) == name and year in work for work in works):
            yield f"{name} {year} is cited and not among the references"


def first_author(work):
    """The family name in front of the first comma, or of «and»: "* D. P. Kingma and M. Welling. …" has Kingma."""
    return re.split(r",| and |\. \*", work.removeprefix("* "))[0].split()[-1]


def main(paths):
    count = 0
    for path in map(Path, paths):
        found = (
            page_links(path)
            if path.suffix == ".md"
            else complaints(json.loads(path.read_text(encoding="utf-8")), article_of(path), path.resolve().parent)
        )
        print("\n".join(f"{path.name}: {what}" for what in found) or f"{path.name}: all there")
        count += len(found)
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
