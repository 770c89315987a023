# frame - a table from a pipe and back to one: the other end of frame.h.
#
# A column comes as (type, values, there): a numpy array, or a list of Python objects
# for strings and objects; there is an array of bool, or None if nothing is null.
import datetime
import decimal
import itertools
import struct
import sys

MISSING = 77  # exit status: this Python lacks a library, another may have it
try:
    import numpy as np
except ImportError:
    sys.exit(MISSING)

LONG, FLOAT, BOOL, STRING, DATE, DATETIME, OBJECT = 1, 2, 4, 8, 16, 32, 64
PLAIN, DICTIONARY, LIST, STRUCT = 0, 1, 2, 3
VALIDITY, VECTOR, AGAIN = 1, 2, 4
TABLE, FAILED = 84, 69
MAGIC, END = b"LARIATF1", 0xFFFFFFFFFFFFFFFF
CHUNK = 1 << 16  # rows of one block
MAX_KEYS = 1000  # of dictionaries that become a struct
WIDTH = {LONG: np.int64, DATETIME: np.int64, FLOAT: np.float64, DATE: np.int32}


class Vector:
    """A Spark ML vector: indices is None if it is dense."""

    def __init__(self, size, indices, values):
        self.size, self.indices, self.values = size, indices, values

    def toArray(self):
        if self.indices is None:
            return np.array(self.values, float)
        out = np.zeros(self.size)
        out[self.indices] = self.values
        return out

    def __len__(self):
        return int(self.size)

    def __getitem__(self, i):
        return self.toArray()[i]

    def __iter__(self):
        return iter(self.toArray())

    def __repr__(self):
        return str(list(self.toArray()))


def filled(items):
    """An array of objects, even if the items are lists."""
    out = np.empty(len(items), object)
    out[:] = items
    return out


# ---- from the pipe ----


class Source:
    def __init__(self, stream):
        self.stream = stream

    def bytes(self, size):
        data = self.stream.read(size)
        if len(data) != size:
            raise EOFError("the table is cut short")
        return data

    def numbers(self, form):
        return struct.unpack("=" + form, self.bytes(struct.calcsize("=" + form)))

    def array(self, kind, n):
        return np.frombuffer(self.bytes(np.dtype(kind).itemsize * n), kind)

    def bits(self, n):
        raw = np.frombuffer(self.bytes((n + 7) // 8), np.uint8)
        return np.unpackbits(raw, count=n, bitorder="little").view(bool)

    def name(self):
        return self.bytes(*self.numbers("Q")).decode("utf-8", "surrogateescape")


def cut(data, offsets):
    """Texts out of bytes; bytes that are no UTF-8 survive the way back."""
    at = (offsets - offsets[0]).tolist()
    if data.isascii():
        text = data.decode("ascii")
        return [text[a:b] for a, b in zip(at, at[1:])]
    return [data[a:b].decode("utf-8", "surrogateescape") for a, b in zip(at, at[1:])]


def blank(cells, there):
    """None where nothing is."""
    if there is None:
        return cells
    out = filled(cells)
    out[~there] = None
    return out.tolist()


def read_plain(source, kind, rows, size):
    if kind == BOOL:
        return source.bits(rows)
    if kind == STRING:
        offsets = source.array(np.int64, rows + 1)
        return cut(source.bytes(size), offsets)
    return source.array(WIDTH[kind], rows)


def read_coded(source, rows, there, known):
    codes = source.array(np.int32, rows)
    if known is None:
        known = filled(read_cells(source)[1])
    if there is not None:
        codes = np.where(there, codes, 0)
    return (known[codes].tolist() if len(known) else [None] * rows), known


def items(kind, values, there):
    """Cells as Python objects, None where nothing is; moments as microseconds."""
    return blank(values if isinstance(values, list) else values.tolist(), there)


def read_list(source, rows):
    at = source.array(np.int64, rows + 1).tolist()
    child = items(*read_cells(source)[:3])
    return [child[a:b] for a, b in zip(at, at[1:])]


def read_struct(source, n, rows, flags):
    names, members = [], []
    for _ in range(n):
        names.append(source.name())
        members.append(items(*read_cells(source)[:3]))
    cells = zip(*members) if members else itertools.repeat((), rows)
    if flags & VECTOR:
        return [Vector(*cell) for cell in cells]
    return [dict(zip(names, cell)) for cell in cells]


def read_cells(source, known=None):
    kind, layout, flags, n, rows, size = source.numbers("IIIIQQ")
    there = source.bits(rows) if flags & VALIDITY else None
    if layout == PLAIN:
        values = read_plain(source, kind, rows, size)
    elif layout == DICTIONARY:
        values, known = read_coded(source, rows, there, known if flags & AGAIN else None)
    elif layout == LIST:
        values = read_list(source, rows)
    else:
        values = read_struct(source, n, rows, flags)
    if isinstance(values, list):
        values = blank(values, there)
    return kind, values, there, known


def join(parts, kind):
    """The chunks of a column as one."""
    if kind in (STRING, OBJECT):
        values = list(itertools.chain.from_iterable(v for v, _ in parts))
    elif parts:
        values = np.concatenate([v for v, _ in parts])
    else:
        values = np.empty(0, bool if kind == BOOL else WIDTH[kind])
    if all(there is None for _, there in parts):
        return kind, values, None
    return kind, values, np.concatenate(
        [np.ones(len(v), bool) if there is None else there for v, there in parts])


def read_frame(stream):
    """Settings, number of rows, names, columns."""
    source = Source(stream)
    if source.bytes(8) != MAGIC:
        raise EOFError("no table came")
    settings = {}
    for _ in range(*source.numbers("I")):
        name = source.name()
        settings[name] = source.name()
    kinds, names = [], []
    for _ in range(*source.numbers("I")):
        kinds += source.numbers("I")
        names.append(source.name())
    parts, known, total = [[] for _ in kinds], [None] * len(kinds), 0
    while True:
        (rows,) = source.numbers("Q")
        if rows == END:
            break
        total += rows
        for i in range(len(kinds)):
            _, values, there, known[i] = read_cells(source, known[i])
            parts[i].append((values, there))
    columns = []
    for i, kind in enumerate(kinds):
        columns.append(join(parts[i], kind))
        parts[i] = None
    return settings, total, names, columns


# ---- to the pipe ----


def encoded(text):
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def named(text):
    data = encoded(text.replace("\0", ""))
    return struct.pack("=Q", len(data)) + data


def ends(lengths, n):
    at = np.zeros(n + 1, np.int64)
    np.cumsum(np.fromiter(lengths, np.int64, n), out=at[1:])
    return at


def bits(values):
    return np.packbits(values, bitorder="little").tobytes()


def head(kind, layout, rows, there, flags=0, n=0, size=0):
    if there is not None:
        flags |= VALIDITY
    out = struct.pack("=IIIIQQ", kind, layout, flags, n, rows, size)
    return out + bits(there) if there is not None else out


def string_cells(values, there):
    texts = [v if v is not None else "" for v in values]
    whole = "".join(texts)
    if whole.isascii():
        data, lengths = whole.encode("ascii"), map(len, texts)
    else:
        texts = [encoded(t) for t in texts]
        data, lengths = b"".join(texts), map(len, texts)
    at = ends(lengths, len(texts))
    return head(STRING, PLAIN, len(texts), there, size=len(data)) + at.tobytes() + data


def list_cells(values, there):
    lists = [v if v is not None else () for v in values]
    child = sorted_out(list(itertools.chain.from_iterable(lists)))
    at = ends(map(len, lists), len(lists))
    return head(OBJECT, LIST, len(lists), there) + at.tobytes() + cells(*child)


def struct_cells(values, there):
    keys = list(dict.fromkeys(itertools.chain.from_iterable(v for v in values if v)))
    out = head(OBJECT, STRUCT, len(values), there, n=len(keys))
    for key in keys:
        members = [v.get(key) if v else None for v in values]
        out += named(str(key)) + cells(*sorted_out(members))
    return out


def vector_cells(values, there):
    members = (
        ("size", LONG, [v.size if v else 0 for v in values]),
        ("indices", OBJECT, [v.indices if v else None for v in values]),
        ("values", OBJECT, [v.values if v else () for v in values]))
    out = head(OBJECT, STRUCT, len(values), there, VECTOR, len(members))
    for name, kind, member in members:
        out += named(name)
        if kind == LONG:
            out += cells(LONG, np.array(member, np.int64), None)
            continue
        some = np.array([m is not None for m in member], bool)
        flat = list(itertools.chain.from_iterable(m for m in member if m is not None))
        at = ends((0 if m is None else len(m) for m in member), len(member))
        inner = LONG if name == "indices" else FLOAT
        out += head(OBJECT, LIST, len(member), some) + at.tobytes()
        out += cells(inner, np.array(flat, WIDTH[inner]), None)
    return out


def cells(kind, values, there):
    if kind == STRING:
        return string_cells(values, there)
    if kind == BOOL:
        return head(kind, PLAIN, len(values), there) + bits(np.asarray(values, bool))
    if kind != OBJECT:
        data = np.ascontiguousarray(values, WIDTH[kind]).tobytes()
        return head(kind, PLAIN, len(values), there) + data
    some = next((v for v in values if v is not None), ())
    if isinstance(some, Vector):
        return vector_cells(values, there)
    return struct_cells(values, there) if isinstance(some, dict) else list_cells(values, there)


def block(stream, data):
    stream.write(struct.pack("=Q", len(data)))
    stream.write(data)


def write_frame(stream, names, columns, rows):
    out = struct.pack("=IIQ", TABLE, len(names), rows)
    for name, column in zip(names, columns):
        out += struct.pack("=I", column[0]) + named(name)
    stream.write(MAGIC)
    block(stream, out)
    # The layout of objects is found for all rows at once: then one chunk only.
    step = rows if any(c[0] == OBJECT for c in columns) else CHUNK
    for first in range(0, rows if names else 0, step or 1):
        part = slice(first, first + step)
        for kind, values, there in columns:
            block(stream, cells(kind, values[part], None if there is None else there[part]))
    stream.write(struct.pack("=Q", END))
    stream.flush()


def write_failure(stream, sentence):
    stream.write(MAGIC)
    block(stream, struct.pack("=II", FAILED, 0) + encoded(sentence))
    stream.write(struct.pack("=Q", END))
    stream.flush()


# ---- what Python objects are, as Spark infers it ----


def micros(moment):
    """Microseconds since 1970 of a datetime; with a zone: in UTC."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    since = moment - datetime.datetime(1970, 1, 1)
    return (since.days * 86400 + since.seconds) * 1000000 + since.microseconds


def days(date):
    return date.toordinal() - 719163


def kind_of(type_):
    """What a Python type is in Spark: None: nothing that others agree with."""
    if issubclass(type_, (bool, np.bool_)):
        return BOOL
    if issubclass(type_, (int, np.integer)):
        return LONG
    if issubclass(type_, (float, np.floating, decimal.Decimal)):
        return FLOAT
    if issubclass(type_, (str, bytes, bytearray)):
        return STRING
    if issubclass(type_, datetime.datetime):
        return DATETIME
    if issubclass(type_, datetime.date):
        return DATE
    if issubclass(type_, Vector):
        return "vector"
    if issubclass(type_, (list, tuple, np.ndarray)):
        return "list"
    return "struct" if issubclass(type_, dict) else None


def as_text(value):
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "surrogateescape")
    return str(value)


def is_nothing(value):
    name = type(value).__name__
    return value is None or name in ("NaTType", "NAType")


def all_texts(values, there):
    """Each by its str(); what is nothing stays so, unless kinds are mixed."""
    return STRING, [None if v is None else as_text(v) for v in values], there


def sorted_out(values):
    """A list of Python objects as a column: one kind, or all as text."""
    types = set(map(type, values))
    nothing = {t for t in types if t.__name__ in ("NoneType", "NaTType", "NAType")}
    kinds = {kind_of(t) for t in types - nothing}
    if not kinds:
        return STRING, [None] * len(values), np.zeros(len(values), bool)
    if len(kinds) > 1:
        return STRING, [as_text(v) for v in values], None
    (kind,) = kinds
    there = None
    if nothing:
        there = np.array([not is_nothing(v) for v in values], bool)
        values = [v if t else None for v, t in zip(values, there.tolist())]
    if kind == STRING and types - nothing == {str}:
        return STRING, values, there
    if kind in (STRING, None) or (kind == "struct" and not is_struct(values)):
        return all_texts(values, there)
    if kind in ("vector", "list", "struct"):
        return OBJECT, values, there
    return numbers(kind, values, there)


def is_struct(values):
    keys = set()
    for value in values:
        keys.update(value or ())
        if len(keys) > MAX_KEYS:
            return False
    return bool(keys)


def numbers(kind, values, there):
    convert = {DATETIME: micros, DATE: days, LONG: int, FLOAT: float, BOOL: bool}[kind]
    plain = [0 if v is None else convert(v) for v in values]
    try:
        return kind, np.array(plain, bool if kind == BOOL else WIDTH[kind]), there
    except OverflowError:
        return all_texts(values, there)
