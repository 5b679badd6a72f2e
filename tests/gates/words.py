"""Rules about texts that people read; gates.py runs them.

- in web/ such texts stand in words files only (words/, strings.ts), so that they are translated;
  that each has its German one is checked by the types
- what a words file says of a sentence of the server (words/LANGUAGE/, src/api/rest_words.c) is
  about a sentence that the server still says
"""
import re

# Not a sentence for people: what goes to the browser's own console, and code.
SKIP = re.compile(r"^\s*(?:import|\} from|//|\*)|console\.\w+\(|new Error\(|\.refused\(\"the page")
SENTENCE = re.compile(r'(["`])[A-Z][a-z\']*,? [a-z][^"`]*\1|(["`])[A-Z][a-z]+[.!?…]\2|'
                      r'(["`])[a-z]+ [a-z]+ [a-z]+ [^"`]*\3')
ATTRIBUTE = re.compile(r'\b(?:aria-label|title|placeholder|alt|label|heading)="[^"]*[A-Za-z]')
ELEMENT = re.compile(r">\s*[A-Za-z][a-z]+[^<>{}=;()]*</")
LINE = re.compile(r"^\s*[A-Z][a-z]+(?: [a-z]+)+[,.!?…]?$")
NO_TEXT = re.compile(r'(?:class|className|d|accept|rel|querySelector\w*|media)(?:=|: |\()\{?["`]|'
                     r'closest\(|matches\(|matchMedia\(|style|\bcreate\w*\(')


def is_strict(said):
    """Each text has its translation, and each translation its text."""
    return "type Translated<T> = Said<T>;" in said


def is_words(path):
    return "/words/" in path or path.endswith("strings.ts")


def check_texts(path, text, found):
    """A text for people that stands in the code."""
    if is_words(path):
        return
    text = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)
    for number, line in enumerate(text.splitlines(), 1):
        if SKIP.search(line):
            continue
        bare = re.sub(r"(?<=\s)//.*", "", line)
        jsx = path.endswith(".tsx") and (ATTRIBUTE.search(bare) or ELEMENT.search(bare) or
                                         LINE.search(bare))
        if jsx or (SENTENCE.search(bare) and not NO_TEXT.search(bare)):
            found(path, number, f"a text outside the words files: {line.strip()[:60]}")


LITERAL = r'"(?:\\.|[^"\\\n])*"'
DEFINE = re.compile(rf'#define (\w+)\s+((?:{LITERAL}[\s\\]*)+)')


def bare(sentence):
    """As it is compared: gaps are gaps, however they are filled in."""
    sentence = re.sub(r"%[-+ #0-9.*]*(?:hh|h|ll|l|z|j)?[a-zA-Z]|\{\d\}", "{}", sentence)
    return sentence.replace('\\"', '"').replace("\\n", "\n").removesuffix(".")


def joined(literals):
    return "".join(one[1:-1] for one in re.findall(LITERAL, literals))


def sentences(sources):
    """Everything in double quotes in the server's sources; what stands side by side is one."""
    macros = {"PRId64": "ld", "PRIu64": "lu"}
    for text in sources:
        macros.update({name: joined(value) for name, value in DEFINE.findall(text)})
    known = set()
    names = "|".join(sorted(map(re.escape, macros), key=len, reverse=True)) or "x^"
    piece = rf'(?:{LITERAL}|\b(?:{names})\b(?!\())'
    for text in sources:
        for run in re.findall(rf"{piece}(?:[\s\\]*{piece})*", text):
            parts = re.findall(piece, run)
            whole = "".join(p[1:-1] if p[0] == '"' else macros[p] for p in parts)
            known.add(bare(whole))
            known.update(bare(p[1:-1]) for p in parts if p[0] == '"')
    return known


STRING = r"(?:\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')"
KEY = re.compile(rf"^    \[?({STRING}(?: \+\s+{STRING})*)\]?:", re.M)


def check_heard(path, text, known, found):
    """The keys of a table of the server's sentences."""
    for match in KEY.finditer(text):
        key = "".join(part[1:-1] for part in re.findall(STRING, match.group(1)))
        key = key.replace("\\'", "'")
        if bare(key) not in known:
            found(path, text[:match.start()].count("\n") + 1,
                  f"the server does not say this: {key[:70]}")


PAIR = re.compile(rf'\{{({LITERAL}(?:\s+{LITERAL})*),\s*"')


def check_pages(path, text, known, found):
    """The same, of the pages that the server makes."""
    for match in PAIR.finditer(text):
        if bare(joined(match.group(1))) not in known:
            found(path, text[:match.start()].count("\n") + 1,
                  f"the server does not say this: {match.group(1)[:70]}")
