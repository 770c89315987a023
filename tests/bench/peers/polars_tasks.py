"""polars_tasks.py TASK IN OUT DIM - the tasks in Polars for Python, lazily, by its streaming engine."""
import sys

import polars as pl

DROPPED = [
    "babies", "hotel", "arrival_date_day_of_month", "meal", "previous_cancellations",
    "arrival_date_month", "days_in_waiting_list", "arrival_date_week_number", "arrival_date_year",
]
CATEGORIES = ["market_segment", "assigned_room_type", "deposit_type", "customer_type"]
task, source, output, dim = sys.argv[1:5]
col = pl.col


def scan(nulls="NULL", infer=10000):
    return pl.scan_csv(source, null_values=nulls, infer_schema_length=infer)


def collect(lazy):
    return lazy.collect(engine="streaming")


def flow():
    frame = collect(scan().drop(DROPPED).unique(keep="any", maintain_order=False))
    median, mean, sd = frame["agent"].median(), frame["children"].mean(), frame["children"].std()
    frame = frame.with_columns(col("agent").fill_null(median)).to_dummies(CATEGORIES)
    frame.filter(~((col("children") - mean).abs() > 4 * sd).fill_null(False)).write_csv(output)


def group():
    collect(scan().group_by("country", "market_segment").agg(
        mean_adr=col("adr").mean(), n=pl.len(), sum_adr=col("adr").sum())).write_csv(output)


def filtered():
    return scan().filter((col("adr") > 100) & (col("market_segment") == "Online TA")
                         & (col("lead_time") >= 30) & (col("lead_time") <= 120))


def reviews():
    collect(scan(None).select(
        pl.len().alias("n"), col("rating").sum(), col("helpful_votes").sum(),
        col("product_id").n_unique().alias("products"),
        col("body").str.len_chars().cast(pl.Int64).sum().alias("size"))).write_csv(output)


def floats():
    every = pl.all()
    collect(scan(None).select(every.sum().name.suffix("_sum"), every.min().name.suffix("_min"),
                              every.max().name.suffix("_max"))).write_csv(output)


def join():
    scan().join(pl.scan_csv(dim), on="country", how="left").sink_csv(output, maintain_order=False)


{
    "start": lambda: None,
    "rows": lambda: print(collect(scan().select(pl.len()))),
    "infer": lambda: print(scan(infer=None).collect_schema()),
    "parse": lambda: print(collect(scan().select(pl.all().count()))),
    "flow": flow,
    "group": group,
    "sort": lambda: scan().sort("adr", "lead_time", descending=[True, False]).sink_csv(output),
    "join": join,
    "filter": lambda: filtered().sink_csv(output, maintain_order=False),
    "reviews": reviews,
    "floats": floats,
}[task]()
