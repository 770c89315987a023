# code - runs code of a flow on a table: `python3 -c PROGRAM MODE`, see code.c.
#
# Descriptor 0 brings settings and table, 3 takes the answer. What the code prints goes
# to 1 and 2, which are not ours to write.
import os
import traceback

MODE = sys.argv[1]
try:
    if MODE == "pyspark":
        import pyspark
    else:
        import pandas as pd
except ImportError:
    sys.exit(MISSING)

CODE = "<code>"  # file name of the user's code in tracebacks
MOMENTS = 2 ** 63 // 1000  # microseconds that datetime64[ns] can tell


class Wrong(Exception):
    """A sentence for the user."""


# ---- Spark to pandas, as toPandas() does ----


def moments(values, there):
    """datetime64[ns]; as Python objects where that is too narrow."""
    if there is not None:
        values = np.where(there, values, 0)
    if len(values) == 0 or max(values.max(), -values.min()) < MOMENTS:
        out = values.view("datetime64[us]").astype("datetime64[ns]")
        if there is not None:
            out[~there] = np.datetime64("NaT")
        return out
    return filled(python_items(DATETIME, values, there))


def floats(values, there):
    out = values.astype(np.float64)
    out[~there] = np.nan
    return out


def pandas_values(kind, values, there):
    if kind in (STRING, OBJECT):
        return filled(values)
    if kind == DATE or (kind == BOOL and there is not None):
        return filled(python_items(kind, values, there))
    if kind == DATETIME:
        return moments(values, there)
    return values if there is None else floats(values, there)


def python_items(kind, values, there):
    """Cells as the Python objects that Spark gives to a row or a function."""
    if kind in (DATE, DATETIME):
        if there is not None:
            values = np.where(there, values, 0)
        unit = "datetime64[D]" if kind == DATE else "datetime64[us]"
        out = values.astype(np.int64).view(unit).tolist()
        if int in set(map(type, out)):  # what numpy gives for years out of bounds
            raise Wrong("a date outside the years 1 to 9999 cannot be handed to Python")
        return blank(out, there)
    return items(kind, values, there)


def to_pandas(rows, names, columns):
    data = {}
    for i, column in enumerate(columns):
        try:
            data[i] = pandas_values(*column)
        except Wrong as error:
            raise Wrong("column '%s': %s" % (names[i], error))
        columns[i] = None
    frame = pd.DataFrame(data, index=pd.RangeIndex(rows))
    frame.columns = names
    return frame


# ---- pandas to Spark, as createDataFrame() does ----


def moment_column(series):
    values = series.to_numpy().astype("datetime64[us]")
    nothing = np.isnat(values)
    return DATETIME, values.view(np.int64), ~nothing if nothing.any() else None


def masked_column(series, kind):
    """pandas' own Int64, Float64, boolean: what is NA is null."""
    nothing = series.isna().to_numpy(bool)
    values = series.to_numpy(bool if kind == BOOL else WIDTH[kind], na_value=0)
    return kind, values, ~nothing if nothing.any() else None


def number_column(series, kind):
    if not isinstance(series.dtype, np.dtype):
        return masked_column(series, kind)
    values = series.to_numpy()
    if kind == LONG and values.dtype.kind == "u" and len(values) and values.max() >= 2 ** 63:
        kind = FLOAT
    return kind, values.astype(bool if kind == BOOL else WIDTH[kind]), None


def spark_column(series):
    """A column by its dtype; one of objects by the objects."""
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return spark_column(pd.Series(np.asarray(series)))
    if isinstance(dtype, pd.SparseDtype):
        return spark_column(series.sparse.to_dense())
    if isinstance(dtype, pd.DatetimeTZDtype):
        return moment_column(series.dt.tz_convert("UTC").dt.tz_localize(None))
    kind = getattr(dtype, "kind", "O")
    if kind == "M" and isinstance(dtype, np.dtype):
        return moment_column(series)
    if kind in "biuf":
        return number_column(series, {"b": BOOL, "f": FLOAT}.get(kind, LONG))
    if not isinstance(dtype, np.dtype):
        return sorted_out([None if n else v for v, n in zip(series.tolist(), series.isna())])
    return sorted_out(series.tolist())


def from_pandas(frame):
    names, columns = [str(name) for name in frame.columns], []
    for i in range(frame.shape[1]):
        series = frame.iloc[:, i]
        if len(series) and series.isnull().all():
            columns.append((STRING, [""] * len(series), None))
        else:
            columns.append(spark_column(series))
    return names, columns, len(frame)


# ---- the user's code ----


def sentence(error, code):
    """Where in the code, its text, and what happened, on one line."""
    line = None
    if isinstance(error, SyntaxError) and error.filename == CODE:
        line = error.lineno
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == CODE:
            line = number
    lines = code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    where = ""
    if line:
        text = lines[line - 1].strip() if line <= len(lines) else ""
        where = "line %d: %s: " % (line, text[:200])
    if isinstance(error, Wrong):
        return where + str(error)
    message = error.msg if isinstance(error, SyntaxError) else first_words(error)
    return where + type(error).__name__ + (": " + message if message else "")


def first_words(error):
    """An error's message without the pages of Java that PySpark puts behind it."""
    try:
        text = str(error)
    except Exception:
        return ""
    if MODE == "pyspark":
        text = text.split("\n\tat ")[0].split(";\n")[0]
    return " ".join(text.split())[:600]


def execute(code, space):
    space["__name__"] = "__main__"
    exec(compile(code, CODE, "exec"), space)
    return space


def result(space, kind, what):
    if "df" not in space:
        raise Wrong("the code left no variable 'df'; it must be %s" % what)
    if not isinstance(space["df"], kind):
        raise Wrong("'df' is of type '%s' after the code; it must be %s"
                    % (type(space["df"]).__name__, what))
    return space["df"]


def run_pandas(settings, rows, names, columns):
    space = {"df": to_pandas(rows, names, columns), "pd": pd, "np": np}
    execute(settings["code"], space)
    return from_pandas(result(space, pd.DataFrame, "a pandas DataFrame"))


# ---- user-defined functions of one column ----

KINDS = {"long": LONG, "float": FLOAT, "bool": BOOL, "string": STRING, "date": DATE,
         "datetime": DATETIME}


def refused(value, want):
    word = next(w for w, kind in KINDS.items() if kind == want)
    return Wrong("custom_func gave %.60r, which is no %s; change the return type"
                 % (value, word))


def cell(value, want):
    """What Spark makes of a value that a Python function gave: of a wrong type, null."""
    if is_nothing(value):
        return None
    kind = kind_of(type(value))
    if want == STRING:
        return str(value).lower() if kind == BOOL else as_text(value)
    if want == DATETIME and kind == DATE:
        raise refused(value, want)
    if want == DATE and kind == DATETIME:
        return value.date()
    if kind != want and want in (DATE, DATETIME):
        raise refused(value, want)
    if kind != want or (want == LONG and not -2 ** 63 <= value < 2 ** 63):
        return None
    return value


def typed(values, want):
    """Python objects of one kind, or None, as a column."""
    there = np.array([v is not None for v in values], bool)
    there = None if there.all() else there
    if want == STRING:
        return STRING, values, there
    return numbers(want, values, there)


def by_value(function, column, want):
    return typed([cell(function(v), want) for v in python_items(*column)], want)


def loose_cell(value, want):
    """The same for a pandas function, where Arrow converts between near types."""
    kind = kind_of(type(value))
    try:
        if want == STRING:
            return as_text(value)
        if want == DATE and kind == DATETIME:
            return value.date()
        if want == DATETIME and kind == DATE:
            return datetime.datetime(value.year, value.month, value.day)
        if want in (LONG, FLOAT, BOOL) and kind in (LONG, FLOAT, BOOL):
            return {LONG: int, FLOAT: float, BOOL: bool}[want](value)
    except (OverflowError, ValueError):
        kind = None
    if kind != want:
        raise refused(value, want)
    return value


def by_series(function, column, rows, want):
    out = function(pd.Series(pandas_values(*column)))
    if not isinstance(out, (pd.Series, pd.Index, np.ndarray, list)):
        raise Wrong("custom_func gave a '%s'; it must give a pandas Series"
                    % type(out).__name__)
    out = pd.Series(out).reset_index(drop=True)
    if len(out) != rows:
        raise Wrong("custom_func gave %d values for %d rows" % (len(out), rows))
    cells = zip(out.tolist(), out.isnull().tolist())
    return typed([None if null else loose_cell(v, want) for v, null in cells], want)


def run_udf(settings, rows, names, columns):
    space = execute(settings["code"], {"pd": pd, "np": np})
    function, want = space.get("custom_func"), KINDS[settings["type"]]
    if not callable(function):
        raise Wrong("the code defines no function 'custom_func'")
    if settings["mode"] == "Python":
        made = by_value(function, columns[0], want)
    else:
        made = by_series(function, columns[0], rows, want)
    return names, [made], rows


# ---- PySpark ----


def session():
    from pyspark.sql import SparkSession
    folder = os.environ.get("TMPDIR", "/tmp")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": folder + "/spark-warehouse",
        "spark.driver.memory": "4g",
        "spark.driver.maxResultSize": "0",
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.default.parallelism": "8",  # the same on every machine
    }
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[*]").appName("lariat")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except Exception as error:
        if "Java gateway" in str(error) or "JAVA_GATEWAY" in str(error):
            raise Wrong("PySpark needs Java: apt-get install default-jre-headless, "
                        "or set JAVA_HOME")
        raise
    spark.sparkContext.setLogLevel("OFF")
    return spark


def spark_type(kind, values):
    from pyspark.sql import types as t
    plain = {LONG: t.LongType, FLOAT: t.DoubleType, BOOL: t.BooleanType, DATE: t.DateType,
             STRING: t.StringType, DATETIME: t.TimestampType}
    if kind in plain:
        return plain[kind]()
    some = next((v for v in values if v is not None), ())
    if isinstance(some, Vector):
        from pyspark.ml.linalg import VectorUDT
        return VectorUDT()
    if isinstance(some, dict):
        return t.StructType([
            t.StructField(k, child_type([v.get(k) if v else None for v in values]))
            for k in some])
    return t.ArrayType(child_type(itertools.chain.from_iterable(v or () for v in values)))


def child_type(values):
    kind, values, _ = sorted_out(list(values))
    return spark_type(kind, values)


def spark_object(value):
    """A vector as Spark's own."""
    if not isinstance(value, Vector):
        return value
    from pyspark.ml.linalg import DenseVector, SparseVector
    if value.indices is None:
        return DenseVector(value.values)
    return SparseVector(int(value.size), value.indices, value.values)


def to_spark(spark, names, columns):
    from pyspark.sql import types as t
    fields, data = [], []
    for name, (kind, values, there) in zip(names, columns):
        name = encoded(name).decode("utf-8", "replace")
        fields.append(t.StructField(name, spark_type(kind, values)))
        cells = python_items(kind, values, there)
        data.append([spark_object(v) for v in cells] if kind == OBJECT else cells)
    return spark.createDataFrame(list(zip(*data)), t.StructType(fields), verifySchema=False)


def known_kind(type_):
    """Ours for a Spark type, and what Spark shall cast it to before, or None."""
    word = type_.simpleString()
    if word in ("tinyint", "smallint", "int", "bigint"):
        return LONG, "bigint"
    if word in ("float", "double") or word.startswith("decimal"):
        return FLOAT, "double"
    if word == "boolean":
        return BOOL, None
    if word == "date":
        return DATE, None
    if word.startswith("timestamp"):
        return DATETIME, "timestamp"
    if word == "vector" or word.startswith(("array<", "struct<")):
        return OBJECT, None
    return STRING, "json" if word.startswith("map<") else "string"


def our_object(value):
    from pyspark.sql import Row
    if isinstance(value, Row):
        return {k: our_object(v) for k, v in value.asDict().items()}
    if isinstance(value, list):
        return [our_object(v) for v in value]
    if type(value).__name__ == "DenseVector":
        return Vector(len(value), None, value.values.tolist())
    if type(value).__name__ == "SparseVector":
        return Vector(value.size, value.indices.tolist(), value.values.tolist())
    return value


def from_spark(df):
    from pyspark.sql import functions as f
    names, kinds, picked = df.columns, [], []
    plain = df.toDF(*["c%d" % i for i in range(len(names))])
    for field in plain.schema.fields:
        kind, cast = known_kind(field.dataType)
        column = f.col(field.name)
        if cast:
            column = f.to_json(column) if cast == "json" else column.cast(cast)
        kinds.append(kind)
        picked.append(column.alias(field.name))
    rows = plain.select(*picked).collect()
    cells = list(zip(*rows)) or [()] * len(names)
    columns = []
    for kind, values in zip(kinds, cells):
        values = [our_object(v) for v in values] if kind == OBJECT else list(values)
        columns.append(object_column(values) if kind == OBJECT else typed(values, kind))
    return names, columns, len(rows)


def object_column(values):
    there = np.array([v is not None for v in values], bool)
    return OBJECT, values, None if there.all() else there


def run_pyspark(settings, rows, names, columns):
    spark = session()
    space = {"df": to_spark(spark, names, columns), "spark": spark}
    execute(settings["code"], space)
    answer = from_spark(result(space, pyspark.sql.DataFrame, "a Spark DataFrame"))
    spark.stop()
    return answer


# ---- the errand ----


def main():
    answer = os.fdopen(3, "wb", 1 << 20)
    os.set_inheritable(3, False)
    sys.path[:] = [folder for folder in sys.path if folder]
    with os.fdopen(0, "rb", 1 << 20, closefd=False) as stream:
        settings, rows, names, columns = read_frame(stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    errand = {"pandas": run_pandas, "udf": run_udf, "pyspark": run_pyspark}[MODE]
    try:
        table = errand(settings, rows, names, columns)
    except BaseException as error:
        write_failure(answer, sentence(error, settings["code"]))
    else:
        write_frame(answer, *table)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


main()
