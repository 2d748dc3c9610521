"""Applies the rules of rules.py to the repository, and shows for each one a tree that breaks it."""

import pathlib
import sys
import unittest

import rules
from rules import Tree

ROOT = pathlib.Path(__file__).resolve().parents[2]

# (rule, what is wrong, a tree with it)
BROKEN = [
    (rules.includes_between_layers, "a stage uses a later one",
     {"src/sketch/a.cpp": '#include "wirecopy/band.h"\n'}),
    (rules.includes_between_layers, "a stage uses a private header of another",
     {"src/band/a.cpp": '#include "sketch/lanes.h"\n'}),
    (rules.includes_between_layers, "base uses a stage",
     {"src/base/a.h": '#include "read/block.h"\n'}),
    (rules.includes_between_layers, "an edge uses another",
     {"src/http/a.cpp": '#include "cli/output.h"\n'}),
    (rules.includes_between_layers, "the library includes everything",
     {"src/app/a.cpp": '#include "wirecopy/wirecopy.h"\n'}),
    (rules.includes_between_layers, "a path starts in its own folder",
     {"src/band/a.cpp": '#include "column.h"\n'}),
    (rules.public_headers, "a library shows in a public header",
     {"include/wirecopy/read.h": "#include <zlib.h>\n"}),
    (rules.public_headers, "a public header uses a later one",
     {"include/wirecopy/read.h": '#include "wirecopy/band.h"\n'}),
    (rules.public_headers, "a public header shows a private one",
     {"include/wirecopy/read.h": '#include "base/files.h"\n'}),
    (rules.public_headers, "a header is not gathered",
     {"include/wirecopy/read.h": "", "include/wirecopy/wirecopy.h": ""}),
    (rules.public_headers, "headers are gathered out of order",
     {"include/wirecopy/wirecopy.h": '#include "wirecopy/band.h"\n#include "wirecopy/read.h"\n'}),
    (rules.public_headers, "a header has no layer", {"include/wirecopy/tools.h": ""}),
    (rules.doors, "a library comes in beside its door",
     {"src/read/a.cpp": "#include <simdjson.h>\n"}),
    (rules.doors, "fmt is in a header", {"src/read/a.h": "#include <fmt/format.h>\n"}),
    (rules.doors, "the command line is compiled twice",
     {"src/cli/a.cpp": "#include <CLI/CLI.hpp>\n"}),
    (rules.doors, "a library has no door", {"src/read/a.cpp": "#include <boost/json.hpp>\n"}),
    (rules.whole_stages, "a stage has no test",
     {"include/wirecopy/band.h": "", "src/band/banding.cpp": ""}),
    (rules.folders, "a folder at the top", {"tools/make.py": ""}),
    (rules.folders, "a folder in src", {"src/extras/a.txt": ""}),
    (rules.file_names, "a name says nothing", {"src/base/string_util.h": ""}),
    (rules.file_lengths, "a header is long", {"src/base/a.h": "\n" * 221}),
    (rules.file_lengths, "a source is long", {"src/base/a.cpp": "\n" * 401}),
    (rules.library_is_silent, "the library prints", {"src/base/a.cpp": "std::cerr << 1;\n"}),
    (rules.library_is_silent, "the library exits", {"src/app/a.cpp": "std::exit(1);\n"}),
    (rules.pragma_once, "a header may be included twice", {"src/base/a.h": "int a();\n"}),
    (rules.no_leftovers, "work is put off", {"src/base/a.h": "// TO" + "DO: later\n"}),
    (rules.no_leftovers, "a path of a machine", {"README.md": "see /ho" + "me/ann/notes\n"}),
    (rules.no_leftovers, "a package host", {"README.md": "from py" + "pi.org\n"}),
    (rules.json_files, "JSON is broken", {"CMakePresets.json": "{"}),
    (rules.json_files, "a schema says nothing", {"src/report/schemas/a.schema.json": "{}"}),
    (rules.executable_bits, "a script cannot be started", {"tests/run": "#!/bin/sh\n"}),
    (rules.plain_text, "a line ends with a space", {"README.md": "a \n"}),
    (rules.plain_text, "the last line is open", {"README.md": "a"}),
]


class RepositoryTest(unittest.TestCase):
    def test_the_repository_keeps_every_rule(self):
        tree = rules.read_tree(ROOT)
        for rule in rules.ALL:
            with self.subTest(rule=rule.__name__):
                problems = "\n".join(rule(tree))
                self.assertEqual(problems, "", rule.__doc__)

    def test_the_tree_is_not_empty(self):
        self.assertGreater(len(rules.read_tree(ROOT).code()), 20)


class RulesCanFailTest(unittest.TestCase):
    def test_every_rule_finds_what_breaks_it(self):
        for rule, wrong, files in BROKEN:
            with self.subTest(rule=rule.__name__, wrong=wrong):
                tree = Tree({path: text.encode() for path, text in files.items()})
                self.assertNotEqual(list(rule(tree)), [])

    def test_every_rule_has_been_broken(self):
        self.assertEqual({rule for rule, _, _ in BROKEN}, set(rules.ALL))

    def test_good_code_breaks_no_rule(self):
        good = {
            "include/wirecopy/band.h": '#pragma once\n#include <vector>\n'
                                       '#include "wirecopy/error.h"\n',
            "src/band/banding.cpp": '#include "band/column.h"\n#include "base/hash.h"\n'
                                    '#include <fmt/format.h>\n#include "wirecopy/sketch.h"\n',
            "src/index/add.cpp": '#include "batch/ingest.h"\n',
            "src/base/hash.h": "#pragma once\n#include <xxhash.h>\n",
            "tests/band_test.cpp": "",
        }
        tree = Tree({path: text.encode() for path, text in good.items()})
        for rule in rules.ALL:
            self.assertEqual(list(rule(tree)), [], rule.__name__)


if __name__ == "__main__":
    unittest.main(verbosity=1 if sys.stdout.isatty() else 0)
