-- What each task is to DuckDB: a part a task. $IN, $OUT and $DIM are files, $THREADS a number.
-- A statement that begins with "execute" gives the statement that is meant.
-- begin
SET threads = $THREADS;
SET preserve_insertion_order = false;
CREATE VIEW bookings AS FROM read_csv('$IN', nullstr = 'NULL', types = {'reservation_status_date': 'VARCHAR'});
-- task start
SELECT 1;
-- task rows
SELECT count(*) FROM bookings;
-- task infer
SELECT count(*) FROM (DESCRIBE FROM read_csv('$IN', nullstr = 'NULL', sample_size = -1));
-- task parse
SELECT count(COLUMNS(*)) FROM bookings;
-- task flow
CREATE TEMP TABLE kept AS SELECT DISTINCT * EXCLUDE (babies, hotel, arrival_date_day_of_month, meal,
	previous_cancellations, arrival_date_month, days_in_waiting_list, arrival_date_week_number,
	arrival_date_year) FROM bookings;
CREATE TEMP TABLE learned AS SELECT median(agent) AS middle, avg(children) AS mean,
	stddev_samp(children) AS sd FROM kept;
CREATE TEMP TABLE labels AS UNPIVOT (SELECT DISTINCT market_segment, assigned_room_type, deposit_type,
	customer_type FROM kept) ON market_segment, assigned_room_type, deposit_type, customer_type
	INTO NAME source VALUE label;
execute SELECT 'COPY (SELECT kept.* EXCLUDE (market_segment, assigned_room_type, deposit_type, customer_type)
	REPLACE (coalesce(agent, middle) AS agent), '
	|| string_agg(format('({0} = ''{1}'')::INT AS "{0}_{1}"', source, label), ', ')
	|| ' FROM kept, learned WHERE NOT coalesce(abs(children - mean) > 4 * sd, false)) TO ''$OUT'' (HEADER)'
	FROM (SELECT DISTINCT source, label FROM labels);
-- task group
COPY (SELECT country, market_segment, avg(adr) AS mean_adr, count(*) AS n, sum(adr) AS sum_adr
	FROM bookings GROUP BY ALL) TO '$OUT' (HEADER);
-- task sort
SET preserve_insertion_order = true;
COPY (FROM bookings ORDER BY adr DESC, lead_time) TO '$OUT' (HEADER);
-- task join
COPY (SELECT * FROM bookings LEFT JOIN read_csv('$DIM') USING (country)) TO '$OUT' (HEADER);
-- task filter
COPY (FROM bookings WHERE adr > 100 AND market_segment = 'Online TA' AND lead_time BETWEEN 30 AND 120)
	TO '$OUT' (HEADER);
-- task reviews
COPY (SELECT count(*) AS n, sum(rating) AS rating, sum(helpful_votes) AS helpful_votes,
	count(DISTINCT product_id) AS products, sum(length(body)) AS size FROM read_csv('$IN')) TO '$OUT' (HEADER);
-- task floats
COPY (SELECT sum(COLUMNS(*)) AS '\0_sum', min(COLUMNS(*)) AS '\0_min', max(COLUMNS(*)) AS '\0_max'
	FROM read_csv('$IN')) TO '$OUT' (HEADER);
