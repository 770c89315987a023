# public_run - public flows give what the real product made of them: rows, names, types
# and learned values as they are stored with the flows and beside them.
import csv
import json
import os

import public
from public import data, expected, hold, lariat, node_of, run

HOTEL = 'ACloudGuru-Resources-Machine-Learning-on-AWS-Deep-Dive__HotelBookingFlow'
HOTEL_MAP = 's3://datawrangler-hotelbooking-acg-ai-1217/=' + data('')
HOTEL_BOUNDS = [-1.905816566248971, 2.254927861400911]


def schemas():
	with open(expected('schemas.json'), encoding='utf-8') as file:
		tables = json.load(file)
	return [next(tables[key][0] for key in tables if word in key) for word in ('Hotel', 'titanic')]


def types(node):
	return [{'name': column['name'], 'type': column['type']} for column in node['schema']]


def trained(path, node):
	return next(n['trained_parameters'] for n in public.nodes(path)
		if n['node_id'].startswith(node))


# Learned on all rows; what was learned is enough to run again, and so is what the
# product stored: values and Spark's models.
def hotel_learned(flow):
	report = run('hotel --refit', flow, '--map', HOTEL_MAP, '-d', 'out', '--refit',
		'--save-flow', 'f.flow')
	if not report:
		return
	out = report['destinations'][0]
	hold('hotel: rows without duplicates', node_of(report, '0aefc745')['rows'], 15697)
	hold('hotel: rows and columns', [out['rows'], out['columns']], [15690, 44])
	hold('hotel: bytes', out['bytes'], os.path.getsize(out['path']))
	first = public.content(out['path'])
	hold('hotel: lines', first.count(b'\n'), 15691)
	agents = trained('f.flow', '24a5b561')['impute_parameters']['numeric_parameters']
	hold('hotel: agent', agents['impute_value'], 240)
	bounds = trained('f.flow', 'afaa5857')['standard_deviation_numeric_outliers_parameters']
	for found, wanted in zip([bounds['lower_threshold'], bounds['upper_threshold']], HOTEL_BOUNDS):
		hold(f'hotel: bound {found} is {wanted}', abs(found - wanted) <= 1e-12, True)
	for what, path in ('stored values', flow), ('own values', 'f.flow'):
		again = run(f'hotel, {what}', path, '--map', HOTEL_MAP, '-d', 'again')
		if again:
			path = again['destinations'][0]['path']
			hold(f'hotel, {what}: bytes', public.content(path) == first, True)
	hold('hotel: the new flow is saved whole', lariat('convert', 'f.flow', '-').stdout,
		public.content('f.flow'))


def hotel(flow):
	hotel_learned(flow)
	unasked = lariat('run', flow, '--map', HOTEL_MAP, '-n', 'b50be0d5', '-o', 'x.csv')
	hold('hotel: code is not run unasked', unasked.returncode, 1)
	hold('hotel: and nothing is written', os.path.exists('x.csv'), False)
	for words in [], ['--refit']:
		report = run('hotel to its end', flow, '--map', HOTEL_MAP, '-n', 'b50be0d5', '-o', 'end.csv',
			'--trust', *words)
		if report:
			hold('hotel: types at its end', types(report['nodes'][-1]), schemas()[0])
			hold('hotel: rows at its end', report['nodes'][-1]['rows'], 15690)


def titanic(flow):
	for words in [], ['--refit']:
		report = run('titanic', flow, '-s', 'train=' + data('titanic_train.csv'), '-n', 'ac3ed155',
			'-o', 't.csv', '--trust', *words)
		if report:
			hold('titanic: types', types(report['nodes'][-1]), schemas()[1])
			hold('titanic: rows', report['nodes'][-1]['rows'], 891)


# What a flow does, whatever it is called and wherever its tables are.
def work(path):
	return json.dumps([[n['operator'], n['parameters'], n.get('trained_parameters')]
		for n in public.nodes(path) if n['type'] == 'TRANSFORM'])


def leaves(path):
	steps = [n for n in public.nodes(path) if n['type'] != 'VISUALIZATION']
	used = {i['node_id'] for n in steps for i in n['inputs']}
	return [n['node_id'] for n in steps if n['node_id'] not in used and n['type'] == 'TRANSFORM']


# Versions of one flow, each way of work once (all of them with LARIAT_ROUNDS).
def family(name):
	seen = set()

	with open(expected(name + '_preprocessed.csv'), encoding='utf-8') as file:
		header = next(csv.reader(file))
	for path in public.flows(f'*__{name}*'):
		what = os.path.basename(path)
		if work(path) in seen and 'LARIAT_ROUNDS' not in os.environ:
			continue
		seen.add(work(path))
		for leaf in leaves(path):
			report = run(what, path, '-s', f'{name}={data(name + ".csv")}', '-n', leaf,
				'-o', 'f.csv', '--trust')
			if not report:
				continue
			names = [column['name'] for column in report['nodes'][-1]['schema']]
			hold(f'{what}: columns', [n for n in names if n != 'event_time'], header)
			hold(f'{what}: one more', len(names), len(header) + 1)
			hold(f'{what}: rows', report['nodes'][-1]['rows'], 5000)


def named(parameters):
	columns = parameters['drop_column_parameters']['column_to_drop']
	return columns if isinstance(columns, list) else [columns]


def scaled(steps):
	scalers = [n['parameters'].get('scale_values_parameters', {}) for n in steps]
	return [scaler['min_max_scaler_parameters']['input_column'] for scaler in scalers
		if scaler.get('scaler') == 'Min-max scaler']


# Of the workshop's table only the columns are public; these have them, too.
def workshop(path):
	what = os.path.basename(path)
	steps = public.nodes(path)
	dropped = {column for n in steps if n['parameters'].get('operator') == 'Drop column'
		for column in named(n['parameters'])}

	for leaf in leaves(path):
		report = run(what, path, '-s', 'hotel_bookings=' + data('hotel_bookings.csv'), '-n', leaf,
			'-o', 'w.csv', '--refit')
		if not report:
			continue
		columns = {column['name'] for column in report['nodes'][-1]['schema']}
		hold(f'{what}: nothing dropped is there', columns & dropped, set())
		with open('w.csv', encoding='utf-8', newline='') as file:
			table = list(csv.DictReader(file))
		hold(f'{what}: rows', len(table), report['nodes'][-1]['rows'])
		hold(f'{what}: there are rows', len(table) > 10000, True)
		for column in filter(columns.__contains__, scaled(steps)):
			values = [float(row[column]) for row in table]
			ends = [round(min(values), 15), round(max(values), 15)]
			hold(f'{what}: {column} is scaled to {ends}', ends in ([0, 1], [0.5, 0.5]), True)


# Its table is not public. One made of the names and types that it stores fits; another
# one is refused by the name that it lacks.
def made_table(flow):
	schema = trained(flow, 'd04eac2a')['schema']
	example = {'long': '7', 'float': '1.5', 'bool': 'true', 'string': 'x'}

	with open('made.csv', 'w', encoding='utf-8') as file:
		file.write(','.join(schema) + '\n')
		file.write(','.join(example.get(schema[name], '') for name in schema) + '\n')
		file.write(',' * (len(schema) - 1) + '\n')
	return schema


def example(flow):
	what = os.path.basename(flow)
	schema = made_table(flow)
	report = run(what, flow, '-s', 'full_data=made.csv', '-n', leaves(flow)[0], '-o', 'e.csv')

	if report:
		wanted = [{'name': name, 'type': kind} for name, kind in schema.items()
			if name not in ('method', 'status', 'location', 'userAgent', 'lastName', 'firstName')]
		hold(f'{what}: types', types(report['nodes'][-1]), wanted)
		hold(f'{what}: the empty row is dropped', report['nodes'][-1]['rows'], 1)
	churn = os.path.join(public.SHARED, 'data/course/demos/S02/start/churn-ALL.csv')
	if not os.path.exists(churn):
		public.skip(f'{what}: no {churn}')
		return
	done = lariat('run', flow, '-s', 'full_data=' + churn, '-n', leaves(flow)[0], '-o', 'e.csv')
	hold(f'{what}: another table', done.returncode, 1)
	hold(f'{what}: {done.complaint}', 'schema' in done.complaint, True)


def main():
	flows = {os.path.basename(path)[:-5]: path for path in public.flows()}
	folder = public.scratch()

	hotel(flows[HOTEL])
	titanic(flows['samx18-titanic-e2e__titanic'])
	family('claims')
	family('customers')
	for path in public.flows('arunprsh*hotel-booking*'):
		if lariat('check', path).returncode == 0:
			workshop(path)
	for path in public.flows('*__dw_example*'):
		example(path)
	folder.cleanup()
	public.finish()


main()
