"""The notebooks that teach the five articles: nothing of an article is missing, and what a reader needs is there.

notebook_check.py says what is asked; here a notebook that has it passes, one that lacks any of it does not, and then the
committed ones are read, and the links of every page followed.
"""

import copy
import json
import re
import unittest

import notebook_check
from launcher import PATH

ROOT = PATH.parent

ARTICLE = {
    "notebook": "9-small.ipynb",
    "title": "A small article",
    "topics": [{"id": "9-topic-gan", "what": "the game", "says": ["generative adversarial"]}],
    "questions": [{"id": "9-question-why", "line": "为什么", "what": "why"}],
    "mistakes": [{"id": "9-mistake-exp", "line": "tf.exp(z_log_var)", "wrong": "variance", "right": "half"}],
}
KINGMA = "* D. P. Kingma and M. Welling. *Auto-Encoding Variational Bayes.* ICLR 2014. arXiv:1312.6114."
PICTURE = '<figure><img alt="8 digits" src="data:image/png;base64,AA"><figcaption>Some digits.</figcaption></figure>'
CLINIC = """### The variance as a standard deviation

> `tf.exp(z_log_var)`

**Why.** It is the variance. **Right.** Half of it. **Damage.** The next cell measures it."""
END = f"""## Where to find what

| Topic | Section |
|---|---|
| the generative adversarial network | [The game](#The-game) |
| 为什么 (why?) | [The game](#The-game) |

## What we learned

* Little.

## Exercises

{"".join(f"**Exercise {i}.** Think.<details><summary>Answer</summary>So.</details>" for i in (1, 2, 3))}

## References

{KINGMA}
"""


def prose(text, *covers):
    return {"cell_type": "markdown", "metadata": {"covers": list(covers)}, "source": text.splitlines(keepends=True)}


def code(text, page=PICTURE):
    output = {"output_type": "display_data", "data": {"text/html": page, "image/png": "AA"}, "metadata": {}}
    return {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": text, "outputs": [output]}


def notebook():
    return {
        "cells": [
            prose("# Small\n\n" + "Some words on models (Kingma and Welling, 2014). " * 10),
            prose("## The game\n\nA generative adversarial network plays.\n\n> 为什么 — «Why is that so?»",
                  "9-topic-gan", "9-question-why"),
            prose(CLINIC, "9-mistake-exp"),
            code("var run = Trainer.epochs(1)\n    .seed(1)\n    .fit(vae, digits);\nrecord R(int x) {\n}"),
            prose(END),
        ]
    }


class Checker(unittest.TestCase):
    def found(self, change=lambda cells: None):
        made = copy.deepcopy(notebook())
        change(made["cells"])
        return notebook_check.complaints(made, ARTICLE)

    def replaced(self, cell, old, new):
        def change(cells):
            text = notebook_check.joined(cells[cell]["source"])
            self.assertIn(old, text)
            cells[cell]["source"] = text.replace(old, new)

        return self.found(change)

    def test_says_nothing_of_a_good_notebook(self):
        self.assertEqual([], self.found())

    def test_finds_what_no_cell_covers(self):
        self.assertRegex(self.found(lambda cells: cells[1]["metadata"].clear())[0], "no cell covers 9-topic-gan: the game")

    def test_finds_a_cell_that_covers_what_is_not_listed(self):
        found = self.found(lambda cells: cells[1]["metadata"]["covers"].append("9-topic-absent"))
        self.assertRegex(found[0], "cell 2 covers '9-topic-absent'")

    def test_finds_a_cell_that_says_nothing_of_what_it_covers(self):
        self.assertRegex(self.replaced(1, "generative adversarial", "new")[0], "9-topic-gan say nothing of generative")

    def test_finds_a_mistake_without_the_articles_line(self):
        self.assertRegex(self.replaced(2, "tf.exp(z_log_var)", "tf.exp(z)")[0], "9-mistake-exp: the cell does not quote")

    def test_finds_a_mistake_without_what_belongs_to_it(self):
        for label in notebook_check.LABELS:
            self.assertIn(f"9-mistake-exp: cell 3 lacks {label}", self.replaced(2, label, ""))

    def test_finds_chinese_without_translation(self):
        self.assertRegex(self.replaced(1, "— «Why is that so?»", "")[0], "quotes Chinese without a translation")

    def test_finds_pictures_without_words(self):
        for page, complaint in [
            (PICTURE.replace('alt="8 digits"', 'alt=""'), "cell 4 has a picture without an alternative text"),
            (PICTURE.replace("Some digits.", " "), "cell 4 shows a figure without a caption"),
            ("", "cell 4 shows a bare picture"),
        ]:
            found = self.found(lambda cells: cells.__setitem__(3, code("var x = 1;", page)))
            self.assertRegex("\n".join(found), complaint)
        self.assertRegex(self.replaced(0, "# Small", "# Small\n\n![ ](none.png)")[0], "without an alternative text")
        self.assertRegex("\n".join(self.replaced(0, "# Small", "# Small\n\n![x](none.png)")), "whose file is not there")

    def test_finds_what_was_not_executed_or_failed(self):
        self.assertRegex(self.found(lambda cells: cells[3].update(execution_count=None))[0], "cell 4 is not executed")
        self.assertRegex(
            self.found(lambda cells: cells[3]["outputs"].append({"output_type": "error"}))[0], "cell 4 failed")

    def test_finds_too_little_prose(self):
        self.assertRegex(self.found(lambda cells: cells.append(code("int x;\n" * 80)))[0], "words of prose to 85 lines")

    def test_does_not_count_formulas_and_code_as_prose(self):
        cell = notebook_check.Cell(1, prose("two words $$a + b$$ and $c$ `d e`\n```java\nint f;\n```"))
        self.assertEqual(["two", "words", "and"], re.findall(r"\w+", cell.prose()))

    def test_finds_long_classes_and_long_trainings(self):
        self.assertRegex(self.replaced(3, "record R(int x) {", "record R(int x) {" + "\n" * 20)[0], "R has 22 lines")
        self.assertRegex(self.replaced(3, ".seed(1)", ".seed(1)\n.batch(2)")[0], "4 lines to train")

    def test_finds_a_wrong_end(self):
        self.assertRegex(self.replaced(4, "## Exercises", "## Exercise")[0], "the last headings are")
        self.assertRegex(self.replaced(4, "generative adversarial", "new")[0], "no row of «Where to find what»")
        self.assertRegex(self.replaced(4, "| 为什么", "| 什么")[0], "has the question 为什么")
        self.assertRegex(self.replaced(4, "**Exercise 3.**", "")[0], "2 exercises and 3 answers")

    def test_finds_dead_links_and_references(self):
        self.assertRegex(self.replaced(1, "## The game", "## The play")[0], "the link #The-game leads nowhere")
        self.assertRegex(self.replaced(1, "plays", "[plays](absent.ipynb)")[0], "leads to no file")
        self.assertEqual([], self.replaced(1, "plays", "[plays](index.ipynb#The-notebooks)"))
        self.assertRegex(self.replaced(1, "plays", "[plays](index.ipynb#The-book)")[0], "#The-book leads nowhere")
        self.assertRegex(self.replaced(1, "plays", "<a href=\"../README.md#begin\">plays</a>")[0], "#begin leads nowhere")
        self.assertRegex(self.replaced(4, "ICLR 2014", "NIPS 2013")[0], "not in references.md")
        self.assertRegex("\n".join(self.replaced(0, "(Kingma and Welling, 2014)", "")), "nobody cites: .*Kingma")
        self.assertIn("Nobody 2015 is cited and not among the references",
                      self.replaced(1, "plays", "plays (Nobody et al., 2015)"))


class Lists(unittest.TestCase):
    def test_each_article_has_topics_questions_and_mistakes_with_names_of_their_own(self):
        names = []
        for number, article in enumerate(notebook_check.ARTICLES):
            for kind in ("topics", "questions", "mistakes"):
                self.assertTrue(article[kind], kind)
                for item in article[kind]:
                    names.append(item["id"])
                    self.assertTrue(item["id"].startswith(f"{number}-{kind[:-1]}-"), item["id"])
                    self.assertTrue(all(item.values()), item)
        self.assertEqual(5, len(notebook_check.ARTICLES))
        self.assertEqual(len(set(names)), len(names))

    def test_every_reference_has_one_form(self):
        for line in notebook_check.REFERENCES:
            self.assertRegex(
                line,
                r"^\* .+\. \*[^*]+[.?!]\* .*\b(19|20)\d\d\b[^*]*?"
                r"( arXiv:\d{4}\.\d{4,5}| doi:10\.\d{4,}/\S+[^.]| https://\S+[^.])?\.$")
        key = lambda line: line.split("*")[2]
        self.assertEqual(len(notebook_check.REFERENCES), len(set(map(key, notebook_check.REFERENCES))))


class Committed(unittest.TestCase):
    def test_notebooks(self):
        there = sorted((ROOT / "notebooks").glob("*.ipynb"))
        self.assertLess(len(notebook_check.ARTICLES), len(there))
        for path in there:
            with self.subTest(path.name):
                found = notebook_check.complaints(
                    json.loads(path.read_text(encoding="utf-8")), notebook_check.article_of(path))
                self.assertEqual([], found)

    def test_every_article_has_its_notebook(self):
        for article in notebook_check.ARTICLES:
            self.assertTrue((ROOT / "notebooks" / article["notebook"]).is_file(), article["notebook"])

    def test_the_links_of_every_page_lead_somewhere(self):
        pages = [ROOT / "README.md", ROOT / "toolkit" / "MODELS.md", *(ROOT / "data").rglob("*.md")]
        self.assertLess(4, len(pages))
        for page in pages:
            with self.subTest(page.relative_to(ROOT).as_posix()):
                self.assertEqual([], notebook_check.page_links(page))

    def test_index_and_readme_lead_to_each_with_a_picture(self):
        index = json.loads((ROOT / "notebooks" / "index.ipynb").read_text(encoding="utf-8"))
        cells = ["".join(cell["source"]) for cell in index["cells"]]
        readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
        for article in notebook_check.ARTICLES:
            name = article["notebook"]
            with self.subTest(name):
                picture = r"(!\[[^\]]+\]\(|<img [^>]*alt=\"[^\"]+\")"
                self.assertTrue(any(f"({name})" in cell and re.search(picture, cell) for cell in cells), "index.ipynb")
                self.assertTrue(any(f"(notebooks/{name})" in row and re.search(picture, row) for row in readme), "README.md")


if __name__ == "__main__":
    unittest.main()
