// polars.js TASK IN OUT DIM - the tasks in Polars for Node, lazily, by its streaming engine.
const pl = require('nodejs-polars');
const [, , task, input, output, dim] = process.argv;
const col = pl.col;

const dropped = [
	'babies', 'hotel', 'arrival_date_day_of_month', 'meal', 'previous_cancellations',
	'arrival_date_month', 'days_in_waiting_list', 'arrival_date_week_number',
	'arrival_date_year',
];
const categories = ['market_segment', 'assigned_room_type', 'deposit_type', 'customer_type'];

const scan = (options) => pl.scanCSV(input, { nullValues: 'NULL', inferSchemaLength: 10000, ...options });
const collect = (lazy) => lazy.collectSync({ engine: 'streaming' });
const write = (frame) => frame.writeCSV(output);
const sink = (lazy) => collect(lazy.sinkCSV(output, { maintainOrder: false }));

const tasks = {
	start() {},
	rows() {
		console.log(collect(scan().select(pl.len())).toRecords());
	},
	infer() {
		const types = scan({ inferSchemaLength: null }).limit(0).collectSync();
		console.log(String(types.dtypes));
	},
	parse() {
		console.log(collect(scan().select(col('*').count())).toRecords());
	},
	flow() {
		let frame = collect(scan().drop(...dropped).unique({ keep: 'any', maintainOrder: false }));
		const { median, mean, sd } = frame.select(
			col('agent').median().alias('median'), col('children').mean().alias('mean'),
			col('children').std().alias('sd')).toRecords()[0];
		const encoded = frame.select(...categories).toDummies();
		frame = frame.withColumns(col('agent').fillNull(pl.lit(median))).drop(categories);
		frame = frame.hstack(encoded.getColumns());
		write(frame.filter(col('children').sub(mean).abs().gt(4 * sd).fillNull(false).not()));
	},
	group() {
		write(collect(scan().groupBy(['country', 'market_segment']).agg(
			col('adr').mean().alias('mean_adr'), pl.len().alias('n'),
			col('adr').sum().alias('sum_adr'))));
	},
	sort() {
		collect(scan().sort([col('adr'), col('lead_time')], [true, false]).sinkCSV(output));
	},
	join() {
		sink(scan().join(pl.scanCSV(dim), { on: 'country', how: 'left' }));
	},
	filter() {
		sink(scan().filter(col('adr').gt(100).and(col('market_segment').eq(pl.lit('Online TA')))
			.and(col('lead_time').gtEq(30)).and(col('lead_time').ltEq(120))));
	},
	reviews() {
		write(collect(scan({ nullValues: undefined }).select(
			pl.len().alias('n'), col('rating').sum(), col('helpful_votes').sum(),
			col('product_id').nUnique().alias('products'),
			col('body').str.lengths().cast(pl.Int64).sum().alias('size'))));
	},
	floats() {
		write(collect(scan({ nullValues: undefined }).select(
			col('*').sum().suffix('_sum'), col('*').min().suffix('_min'),
			col('*').max().suffix('_max'))));
	},
};
tasks[task]();
