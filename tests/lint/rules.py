"""The rules of this repository, each as a function from a tree of files to its problems.

A rule's docstring is the rule. lint_test.py applies all of them to the repository and shows for
each one a tree that breaks it. Needs Python alone.
"""

import json
import pathlib
import re
import subprocess

# From the bottom up; whoever stands later may use whoever stands earlier (src/README.md).
STAGES = ["read", "normalize", "collapse", "blocks", "shingle", "sketch", "band", "fingerprint",
          "learn", "probe", "align", "verify", "cluster", "lineage", "repeats", "clean", "report",
          "evaluate", "generate"]
COMPOSERS = ["batch", "index", "app"]
EDGES = ["cli", "http", "python"]  # of equal rank: none may use another
LAYERS = ["base", *STAGES, *COMPOSERS, *EDGES]
FOUNDATIONS = ["error", "version"]  # public headers that belong to no layer
NO_CODE = ["packaging", "web", "docs"]
# Public headers beside that of their layer, which may include them: a contract of two ideas.
PARTS = {"report_rows": "report", "evaluate_truth": "evaluate", "index_query": "index"}

# Header of a library: the only files of include/ and src/ that may include it.
DOORS = {
    r"xxhash\.h": r"src/base/hash(\.h|_long_avx512\.cpp)",
    r"immintrin\.h": r"src/base/avx512\.h",
    r"unicode/.*": r"src/base/unicode[^/]*",
    r"simdjson\.h|rapidjson/.*": r"src/base/json[^/]*",
    r"zlib\.h|zstd.*\.h": r"src/base/compression[^/]*",
    r"csv\.h": r"src/base/csv[^/]*",
    r"(oneapi/)?tbb/.*": r"src/base/parallel\.h",
    r"rocksdb/.*": r"src/base/store[^/]*",
    r"Eigen/.*": r"src/base/linear\.h",
    r"CLI/.*": r"src/cli/main\.cpp",  # slow to compile: one file
    r"fmt/.*": r"src/.*\.cpp",
    r"(sys/.*|unistd|fcntl|glob|poll|termios)(\.h)?": r"src/(base|cli|read)/.*",
}
STANDARD = re.compile(r"[a-z_0-9]+")  # <vector>, and no header of C or of others

TOP_FOLDERS = {".ci", "include", "src", "tests", "bench", "corpora"}
NAMELESS = {"util", "utils", "common", "helper", "helpers", "misc", "manager"}
HEADER_LINES, SOURCE_LINES = 220, 400
TEST_LINES = 500


class Tree:
    """Files by their path from the root, and which of them may be executed."""

    def __init__(self, files, executable=()):
        self.files = files
        self.executable = set(executable)

    def text(self, path):
        """The text of a file; empty for one that is not UTF-8."""
        try:
            return self.files[path].decode()
        except UnicodeDecodeError:
            return ""

    def paths(self, pattern):
        return [path for path in sorted(self.files) if re.fullmatch(pattern, path)]

    def code(self):
        return self.paths(r"(include|src)/.*\.(h|cpp)")

    def includes(self, path):
        """(line number, "quoted" or <angle> name) of each include."""
        for number, line in enumerate(self.text(path).split("\n"), start=1):
            match = re.match(r'\s*#\s*include\s*(["<])([^">]+)', line)
            if match:
                yield number, match[1] == "<", match[2]


def read_tree(root):
    """What git tracks and what it would track; the checkout may belong to another user."""
    listed = subprocess.run(["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others",
                             "--exclude-standard"], cwd=root, check=True, capture_output=True)
    paths = [p for p in set(listed.stdout.decode().split("\0")) if p and (root / p).is_file()]
    return Tree({p: (root / p).read_bytes() for p in paths},
                [p for p in paths if (root / p).stat().st_mode & 0o100])


def layer_of_header(header):
    return PARTS.get(header, header)


def rank(layer):
    if layer in FOUNDATIONS:
        return -1
    return LAYERS.index("cli") if layer in EDGES else LAYERS.index(layer)


def layer_of(path):
    return path.split("/")[1]


def includes_between_layers(tree):
    """A layer uses only layers below it, and of a stage only its public header."""
    for path in tree.paths(r"src/[^/]+/.*\.(h|cpp)"):
        layer = layer_of(path)
        if layer not in LAYERS:
            yield f"{path}: '{layer}' is no layer; src/README.md names them"
            continue
        for line, angle, name in tree.includes(path):
            if angle:
                continue
            place = f"{path}:{line}: {name}"
            public = re.fullmatch(r"wirecopy/(\w+)\.h", name)
            if name == "wirecopy/wirecopy.h":
                if layer not in EDGES:
                    yield f"{place}: include the headers that are needed"
                continue
            other = layer_of_header(public[1]) if public else name.split("/")[0]
            if other not in LAYERS + FOUNDATIONS:
                yield f"{place}: is in no layer; write paths from src/ or include/"
            elif rank(other) > rank(layer) or (rank(other) == rank(layer) and other != layer):
                yield f"{place}: {layer} stands below {other}"
            elif not public and other in STAGES and other != layer:
                yield f"{place}: is private to {other}; use wirecopy/{other}.h"


def public_headers(tree):
    """A public header includes the standard library and earlier public headers, nothing else;
    wirecopy.h includes them all in order."""
    every = "include/wirecopy/wirecopy.h"
    gathered = [name[9:-2] for _, _, name in tree.includes(every)] if every in tree.files else None
    for path in tree.paths(r"include/.*"):
        name = pathlib.PurePosixPath(path).stem
        if not re.fullmatch(r"include/wirecopy/\w+\.h", path):
            yield f"{path}: public headers are include/wirecopy/NAME.h"
        elif path != every:
            yield from lone_header(tree, path, name)
            if gathered is not None and name not in gathered:
                yield f"{every}: leaves out wirecopy/{name}.h"
    layers = [layer_of_header(name) for name in gathered or []]
    ranks = [rank(layer) for layer in layers if layer in LAYERS]
    if ranks != sorted(ranks):
        yield f"{every}: is not in the order in which data flows"


def lone_header(tree, path, name):
    if layer_of_header(name) not in LAYERS + FOUNDATIONS:
        yield f"{path}: there is no layer of this name"
        return
    for line, angle, included in tree.includes(path):
        public = re.fullmatch(r"wirecopy/(\w+)\.h", included)
        if angle and not STANDARD.fullmatch(included):
            yield f"{path}:{line}: <{included}> is not of the standard library"
        if not angle and not (public and layer_of_header(public[1]) in LAYERS + FOUNDATIONS
                              and (rank(layer_of_header(public[1])) < rank(layer_of_header(name))
                                   or PARTS.get(public[1]) == name)):
            yield f"{path}:{line}: {included} is no earlier public header"


def doors(tree):
    """Each library has one door."""
    for path in tree.code():
        for line, angle, name in tree.includes(path):
            if not angle or STANDARD.fullmatch(name):
                continue
            allowed = [files for header, files in DOORS.items() if re.fullmatch(header, name)]
            if not any(re.fullmatch(files, path) for files in allowed):
                yield f"{path}:{line}: <{name}> belongs behind its door: {allowed or 'none known'}"


def whole_stages(tree):
    """A stage has its public header, its folder and its test."""
    for stage in STAGES:
        has = {part: bool(tree.paths(pattern)) for part, pattern in {
            f"include/wirecopy/{stage}.h": rf"include/wirecopy/{stage}\.h",
            f"src/{stage}/": rf"src/{stage}/.*\.cpp",
            f"tests/{stage}_test.cpp": rf"tests/{stage}(_\w+)?_test\.cpp"}.items()}
        if any(has.values()):
            yield from (f"{part}: is missing" for part, there in has.items() if not there)


def folders(tree):
    """No further folder at the top, and none without meaning under src."""
    for path in tree.files:
        parts = path.split("/")
        if len(parts) > 1 and parts[0] not in TOP_FOLDERS:
            yield f"{path}: there is no folder {parts[0]} in the plan of the house"
        if len(parts) > 2 and parts[0] == "src" and parts[1] not in LAYERS + NO_CODE:
            yield f"{path}: there is no layer {parts[1]}"


def file_names(tree):
    """A file is named after what it holds."""
    for path in tree.files:
        words = set(re.split(r"[^a-z]+", path.lower()))
        if words & NAMELESS:
            yield f"{path}: '{(words & NAMELESS).pop()}' says nothing; name it after what it holds"


def file_lengths(tree):
    """A file that grew has two ideas: split it."""
    for path in tree.paths(r"(include|src|tests|bench)/.*\.(h|cpp|py)"):
        lines = tree.files[path].count(b"\n")
        limit = HEADER_LINES if path.endswith(".h") else SOURCE_LINES
        limit = TEST_LINES if path.startswith("tests/") else limit
        if lines > limit:
            yield f"{path}: {lines} lines, more than {limit}"


def library_is_silent(tree):
    """The library prints nothing and never ends the process."""
    loud = re.compile(r"std::c(out|err|log)\b|\bf?printf\(|fmt::print\(|"
                      r"\b(abort|_?exit|terminate)\(")
    for path in tree.code():
        if layer_of(path) in EDGES:
            continue
        for number, line in enumerate(tree.text(path).split("\n"), start=1):
            if loud.search(line.split("//")[0]):
                yield f"{path}:{number}: prints or ends the process; throw Error or return it"


def pragma_once(tree):
    """Headers are included once."""
    for path in tree.paths(r"(include|src|tests|bench)/.*\.h"):
        if "#pragma once" not in tree.text(path):
            yield f"{path}: no #pragma once"


def no_leftovers(tree):
    """Nothing is put off, nothing names a machine or a package host."""
    later = "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"])
    wrong = {
        "is put off": rf"\b({later})\b",
        "names a folder of one machine": r"(?<![\w./*])/(home|root|work|mnt|Users)/\w",
        "names a package host": "|".join(["pypi" + r"\.org", "python" + r"hosted\.org", r"npmjs\.",
                                          r"crates" + r"\.io", r"deb\.debian\.",
                                          "arti" + "factory"]),
        "mixes in a conflict": r"^(<{7}|>{7}) ",
    }
    for path in tree.files:
        if path == "LICENSE":
            continue
        for number, line in enumerate(tree.text(path).split("\n"), start=1):
            for problem, pattern in wrong.items():
                if re.search(pattern, line):
                    yield f"{path}:{number}: {problem}: {line.strip()[:80]}"


def json_files(tree):
    """JSON is JSON, and a schema says what it is for."""
    for path in tree.paths(r".*\.json"):
        try:
            value = json.loads(tree.text(path))
        except ValueError as error:
            yield f"{path}: {error}"
            continue
        if path.startswith("src/report/schemas/"):
            for key in ("$schema", "title", "type"):
                if key not in value:
                    yield f"{path}: has no '{key}'"


def executable_bits(tree):
    """What starts with #! can be started, and nothing else."""
    for path, data in sorted(tree.files.items()):
        if data.startswith(b"#!") != (path in tree.executable):
            yield f"{path}: starts with #! or may be executed, but not both"


def plain_text(tree):
    """Text files end with a newline, without tabs, trailing spaces or carriage returns."""
    ours = r".*\.(h|cpp|py|md|cmake|json|toml)|(.*/)?CMakeLists\.txt|.*/(run|setup|demo)"
    for path in tree.paths(ours):
        text = tree.text(path)
        if text and not text.endswith("\n"):
            yield f"{path}: no newline at the end"
        for number, line in enumerate(text.split("\n"), start=1):
            if re.search(r"[ \t\r]$|\t", line):
                yield f"{path}:{number}: tab, trailing space or carriage return"


ALL = [includes_between_layers, public_headers, doors, whole_stages, folders, file_names,
       file_lengths, library_is_silent, pragma_once, no_leftovers, json_files, executable_bits,
       plain_text]
