# public_check - every public flow opens, keeps each byte when saved, and is typed to its
# ends, but for operators that are still to come, which are told by name.
import json
import os
import re

import public
from public import hold, lariat

# Operators that public flows have and this version does not.
TO_COME = {
	'sagemaker.spark.balance_data_0.1',
	'sagemaker.spark.search_and_edit_0.1',
	'sagemaker.spark.split_0.1',
	'sagemaker.spark.time_series_0.1',
}


def saved(path, name):
	done = lariat('convert', path, '-')
	hold(f'{name}: convert', done.returncode, 0)
	hold(f'{name}: the bytes are kept', done.stdout == public.content(path), True)


# What check says in lines and in JSON is one; the names of unknown operators.
def checked(path, name):
	done = lariat('check', path)
	lines = done.stdout.decode().splitlines()
	told = json.loads(lariat('check', path, '--json').stdout)
	verdicts = [node['verdict'] for node in told['nodes']]
	unknown = {node['operator'] for node in told['nodes'] if node['verdict'] == 'unknown'}

	hold(f'{name}: nodes', len(verdicts), len(public.nodes(path)))
	wrong = [line for line in lines if line.startswith('wrong')]
	hold(f'{name}: nothing is wrong', wrong, [])
	hold(f'{name}: status', done.returncode, 1 if unknown else 0)
	hold(f'{name}: runs', told['runs'], not unknown)
	if unknown:
		named = set(re.findall(r"unknown operator '([^']*)'", '\n'.join(lines)))
		hold(f'{name}: the unknown are named', named, unknown)
		hold(f'{name}: the sentence', "cannot run: " in done.complaint, True)
	else:
		hold(f'{name}: no complaint', done.complaint, '')
		hold(f'{name}: nothing is blocked', 'blocked' in verdicts, False)
	return unknown


def main():
	unknown = set()
	paths = public.flows()
	folder = public.scratch()

	for path in paths:
		name = os.path.basename(path)
		saved(path, name)
		unknown |= checked(path, name)
	hold('operators to come', sorted(unknown), sorted(TO_COME))
	folder.cleanup()
	public.finish()


main()
