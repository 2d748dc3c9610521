#!/usr/bin/env python3
"""Composes the demo corpus and its truth from the stories in corpora/stories.

Usage: compose.py [--check]

Writes corpora/demo-corpus and the truth files beside it; with --check it writes nothing and exits
with 1 if a file there differs from what it would write. README.md says what the stories and labels
are. Needs Python 3.11 alone. The word rules are written here once more on purpose: the truth must
not come from the tool that it judges.
"""

import csv
import datetime
import email.utils
import gzip
import io
import itertools
import json
import pathlib
import re
import sys
import textwrap
import tomllib
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
STORIES = HERE / "stories"
CORPUS = HERE / "demo-corpus"
NIGHTS_PART = datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.timezone.utc)
SHINGLE_WORDS = 5
COPIES_FROM = 0.8  # copies are at least as alike as this, and nothing else is
STRANGERS_TO = 0.15  # pairs without a label are less alike than this
FIELDS = ["id", "text", "title", "source", "url", "published", "byline"]


# ---- texts

def paragraphs_of(text):
    return [" ".join(block.split("\n")) for block in text.strip().split("\n\n")]


def curly(text):
    text = re.sub(r'(^|[\s(])"', r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(“])'", r"\1‘", text).replace("'", "’")


def replace(paragraphs, old, new):
    if not any(old in paragraph for paragraph in paragraphs):
        raise ValueError(f"there is no '{old}' to replace")
    return [paragraph.replace(old, new) for paragraph in paragraphs]


# name: (paragraphs, argument) -> paragraphs
EDITS = {
    "keep": lambda ps, numbers: [ps[int(number) - 1] for number in numbers.split()],
    "append": lambda ps, text: ps + paragraphs_of(text),
    "prepend": lambda ps, text: paragraphs_of(text) + ps,
    "replace": lambda ps, rule: replace(ps, *rule.split(" => ")),
    "dateline": lambda ps, _: [re.sub(r"^[A-Z ]+(, \w+ \d+)? \([A-Z]+\) - ", "", ps[0]), *ps[1:]],
    "upper lead": lambda ps, _: [re.sub(r"^(\S+ ){6}", lambda m: m[0].upper(), ps[0]), *ps[1:]],
    "curly": lambda ps, _: [curly(p) for p in ps],
    "dashes": lambda ps, _: [p.replace(" - ", " — ") for p in ps],
    "nbsp": lambda ps, _: [re.sub(r"(\d) ", "\\1\u00a0", p) for p in ps],
    "double spaces": lambda ps, _: [p.replace(". ", ".  ") for p in ps],
    "one line": lambda ps, _: [" ".join(ps)],
    "wrap": lambda ps, width: [textwrap.fill(p, int(width), break_on_hyphens=False) for p in ps],
}


def edited(paragraphs, edits):
    for edit in edits:
        name, _, argument = edit.partition(": ")
        paragraphs = EDITS[name](paragraphs, argument)
    return "\n\n".join(paragraphs)


def script_of(character):
    name = unicodedata.name(character, "")
    if name.startswith(("CJK ", "HIRAGANA", "KATAKANA")):
        return "unspaced, by 2"
    if name.startswith(("THAI ", "LAO ", "KHMER ", "MYANMAR ")):
        return "unspaced, by 4"
    return "spaced"


def words_of(text):
    """Runs of letters, digits and marks after NFKC casefolding; unspaced scripts in n-grams."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    spaced = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in folded)
    words = []
    for run in spaced.split():
        for script, part in itertools.groupby(run, script_of):
            part = "".join(part)
            size = len(part) if script == "spaced" else int(script[-1])
            words += [part[i:i + size] for i in range(max(1, len(part) - size + 1))]
    return words


# ---- articles

class Article:
    """One row of the corpus, with what the truth needs to know about it."""

    def __init__(self, story, kind, spec, text, title=None, byline=None):
        self.story = story
        self.kind = kind  # copy, abridged, derived, event, stitched, template or local
        self.by = spec["by"]
        self.time = datetime.datetime.fromisoformat(spec["at"])
        self.title = spec.get("title", title)
        self.byline = spec.get("byline", byline)
        self.text = text
        self.stamp = spec.get("stamp")  # how its time is written, if not as its outlet does
        self.fault = spec.get("fault")  # latin1 or repeated
        self.slug = "-".join(filter(None, [story, spec.get("as")]))
        self.id = f"{self.by}-{self.time:%m%d}-{self.slug}"
        self.stock = set()  # pieces that the outlet puts under many texts
        self.excerpts = []  # paragraphs of others that were stitched in
        self.repeats = []

        read = text.encode("latin-1").decode(errors="replace") if self.fault == "latin1" else text
        words = words_of(read)
        self.letters = "".join(words)
        self.shingles = {tuple(words[i:i + SHINGLE_WORDS])
                         for i in range(max(1, len(words) - SHINGLE_WORDS + 1))}


def told(slug, story):
    """A story that several outlets ran, and how others told it in their own words."""
    byline = story.get("byline")
    for spec in story.get("runs", []):
        text = edited(paragraphs_of(story["text"]), spec.get("edits", []))
        yield Article(slug, spec.get("kind", "copy"), spec, text, story["title"], byline)
    for spec in story.get("retold", []):
        spec = {"as": "retold"} | spec
        yield Article(slug, "event", spec, edited(paragraphs_of(spec["text"]), []))


def stitched(spec, stories):
    """Paragraphs of several stories in one article: {story n m} in its text."""
    excerpts = []

    def paragraphs(match):
        story, *numbers = match[1].split()
        source = paragraphs_of(stories[story]["text"])
        chosen = [source[int(number) - 1] for number in numbers]
        excerpts.extend(chosen)
        return "\n\n".join(chosen)

    text = "\n\n".join(re.sub(r"\{(.+?)\}", paragraphs, p) for p in paragraphs_of(spec["text"]))
    article = Article(spec["slug"], "stitched", spec, text)
    article.excerpts = excerpts
    return article


def from_template(form):
    for values in form["articles"]:
        place = values.get("town") or values.get("place") or values["home"]
        spec = values | {"as": place.lower().replace(" ", "-")}
        text = edited(paragraphs_of(form["text"].format(**values)), [])
        yield Article(form["slug"], "template", spec, text, form["title"].format(**values))


def local(spec, pieces):
    stock = re.findall(r"\{(.+?)\}", spec["text"])
    text = edited(paragraphs_of(re.sub(r"\{(.+?)\}", lambda m: pieces[m[1]], spec["text"])), [])
    article = Article(spec["slug"], "local", spec, text)
    article.stock = set(stock)
    article.repeats = [found_repeat(article, repeat) for repeat in spec.get("repeats", [])]
    return article


def found_repeat(article, repeat):
    """A row of repeats.jsonl: where it stands first and where again, in code points."""
    begin = article.text.index(repeat["repeat"])
    spans = [[begin, begin + len(repeat["repeat"])]]
    if "first" in repeat:
        place = article.text.index(repeat["first"])
        if place == begin:
            place = article.text.index(repeat["first"], begin + 1)
        spans.append([place, place + len(repeat["first"])])
    first, again = sorted(spans) if len(spans) == 2 else (None, spans[0])
    return {"id": article.id, "kind": repeat["kind"], "first": first, "repeat": again}


def all_articles(tables):
    stories = {}
    for name, table in tables.items():
        if "runs" in table:
            stories[name] = table
        stories |= {story["slug"]: story for story in table.get("story", [])}
    articles = [a for slug, story in stories.items() for a in told(slug, story)]
    for table in tables.values():
        articles += [stitched(spec, stories) for spec in table.get("stitched", [])]
        articles += [a for form in table.get("template", []) for a in from_template(form)]
        articles += [local(spec, table.get("pieces", {})) for spec in table.get("article", [])]
    events = {slug: story["event_of"] for slug, story in stories.items() if "event_of" in story}
    return sorted(articles, key=lambda a: (a.time, a.id)), events


def apply_habits(articles, outlets):
    """How an outlet writes its times and ids."""
    numbers = itertools.count(70301)
    for article in articles:
        article.stamp = article.stamp or outlets[article.by].get("stamp")
        article.written = as_written(article.time, article.stamp)
        if outlets[article.by].get("numbers") and article.fault != "repeated":
            article.id = str(next(numbers))
            for repeat in article.repeats:
                repeat["id"] = article.id


# ---- truth

def label_of(a, b, events):
    """What one article is of the other; None: they have nothing to do with each other."""
    kinds = {a.kind, b.kind}
    if a.kind == b.kind == "template" and a.story == b.story:
        return "template"
    if a.stock & b.stock:
        return "boilerplate"
    if "stitched" in kinds and len(kinds) == 2:
        whole, source = (a, b) if a.kind == "stitched" else (b, a)
        taken = any(plain(excerpt) in plain(source.text) for excerpt in whole.excerpts)
        return "passage_reuse" if taken else None
    if events.get(a.story) == b.story or events.get(b.story) == a.story:
        return "event"
    if a.story != b.story:
        return None
    if a.letters == b.letters:
        return "identical"
    if "event" in kinds:
        return "event"
    if kinds == {"copy"}:
        return "near_duplicate"
    containment = shares(a, b)[1]
    if containment < STRANGERS_TO:
        return "event"  # two rewrites that took different parts
    return "abridged" if "derived" not in kinds and containment >= 0.7 else "derived"


def plain(text):
    return " ".join(words_of(text))


def shares(a, b):
    """Jaccard, and containment in the smaller."""
    shared = len(a.shingles & b.shingles)
    smaller = min(len(a.shingles), len(b.shingles))
    return shared / (len(a.shingles) + len(b.shingles) - shared), shared / smaller


def true_pairs(articles, events):
    rows, problems = [], []
    for a, b in itertools.combinations([x for x in articles if x.fault != "repeated"], 2):
        label = label_of(a, b, events)
        jaccard, containment = shares(a, b)
        copies = label in ("identical", "near_duplicate")
        if (jaccard >= COPIES_FROM) != copies or (label is None and jaccard >= STRANGERS_TO):
            problems.append(f"{a.id} and {b.id} are labelled {label} but share {jaccard:.3f}")
        if label is not None:
            rows.append({"a": a.id, "b": b.id, "label": label, "j": round(jaccard, 6),
                         "c": round(containment, 6)})
    if problems:
        raise ValueError("\n".join(problems))
    return rows


def true_stories(articles, events):
    """Who belongs together, who ran it first, and whether the times as written prove it."""
    by_story = sorted(articles, key=lambda a: a.story)
    for story, group in itertools.groupby(by_story, key=lambda a: a.story):
        members = [a for a in group if a.kind in ("copy", "abridged", "derived") and not a.fault]
        if len(members) > 1:
            first, *others = members
            certain = all(first.written[1] < other.written[0] for other in others)
            yield {"story": story, "first": first.id, "certain": certain,
                   "event": events.get(story),
                   "members": [{"id": a.id, "kind": a.kind} for a in members]}


# ---- files

def stamp_of(time, style):
    """A time as different outlets write it."""
    if style == "offset":
        return time.astimezone(datetime.timezone(datetime.timedelta(hours=1))).isoformat()
    if style == "mail":
        return email.utils.format_datetime(time)
    if style == "epoch":
        return int(time.timestamp())
    if style == "date":
        return f"{time:%Y-%m-%d}"
    if style == "local":
        return f"{time:%Y-%m-%dT%H:%M:%S}"
    return "None" if style == "none" else f"{time:%Y-%m-%dT%H:%M:%SZ}"


def as_written(time, style):
    """The times that a stamp may mean; a time without a zone may be 14 h earlier or 12 h later."""
    hours = datetime.timedelta(hours=1)
    if style == "none":
        return datetime.datetime.max.replace(tzinfo=time.tzinfo), time
    if style == "date":
        day = time.replace(hour=0, minute=0)
        return day - 14 * hours, day + 36 * hours
    return (time - 14 * hours, time + 12 * hours) if style == "local" else (time, time)


def row_of(article, outlet):
    url = f"https://{outlet['host']}/{article.time:%Y/%m/%d}/{article.slug}"
    row = {"id": int(article.id) if outlet.get("numbers") else article.id, "text": article.text,
           "title": article.title, "source": outlet.get("name"), "url": url,
           "published": stamp_of(article.time, article.stamp), "byline": article.byline}
    return {field: value for field, value in row.items() if value is not None}


def jsonl(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def as_csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def corpus_files(articles, outlets, extra_rows):
    """The bytes of every file of the corpus, by name."""
    rows = {}
    for article in articles:
        outlet = outlets[article.by]
        night = "night-1.jsonl" if article.time < NIGHTS_PART else "night-2.jsonl"
        row = row_of(article, outlet)
        rows.setdefault(outlet.get("file", night), []).append((row, article.fault))
    files = {}
    for name, members in rows.items():
        if name.endswith(".csv"):
            files[name] = as_csv([row for row, _ in members]).encode()
            continue
        files[name] = b"".join(jsonl([row]).encode("latin-1" if fault == "latin1" else "utf-8")
                               for row, fault in members)
    files["night-2.jsonl"] += "".join(row + "\n" for row in extra_rows).encode()
    return files


def composed():
    """The bytes of every file that this script writes, by path; .gz files before compression."""
    tables = {path.stem: tomllib.loads(path.read_text()) for path in sorted(STORIES.glob("*.toml"))}
    outlets = tables.pop("outlets")
    articles, events = all_articles(tables)
    apply_habits(articles, outlets)
    extra_rows = tables["faults"]["rows"].values()
    corpus = corpus_files(articles, outlets, extra_rows)
    files = {CORPUS / name: data for name, data in corpus.items()}
    files[HERE / "truth.jsonl"] = jsonl(true_pairs(articles, events)).encode()
    files[HERE / "truth-stories.jsonl"] = jsonl(true_stories(articles, events)).encode()
    files[HERE / "truth-repeats.jsonl"] = jsonl(r for a in articles for r in a.repeats).encode()
    return files


def contents(path):
    if not path.exists():
        return None
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    differing = [(path, data) for path, data in composed().items() if contents(path) != data]
    for path, data in differing:
        if arguments:
            print(f"{path.relative_to(HERE)} differs; run corpora/compose.py", file=sys.stderr)
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
        print(f"wrote {path.relative_to(HERE)}")
    return 1 if arguments and differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
