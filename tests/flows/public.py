# public - what the tests of public flows share: where they are, running, counting.
#
# The flows and their data are no part of the project: $LARIAT_SHARED, else ../shared
# beside the project, holds them. Without them a test says so and is skipped.
import glob
import json
import os
import subprocess
import sys
import tempfile

SRC = os.path.abspath(os.environ.get('srcdir', '.'))
SHARED = os.path.abspath(os.environ.get('LARIAT_SHARED', os.path.join(SRC, '..', 'shared')))
FLOWS = os.path.join(SHARED, 'flows')
LARIAT = os.path.abspath('./lariat')

passed = failed = skipped = 0


def hold(what, found, wanted):
	"""Count one promise; say what broke it."""
	global passed, failed
	if found == wanted:
		passed += 1
		return True
	failed += 1
	print(f'{what}: found {short(found)}, wanted {short(wanted)}')
	return False


def skip(what):
	global skipped
	skipped += 1
	print(f'{what}: skipped')


def short(value):
	text = repr(value)
	return text if len(text) < 400 else text[:400] + '...'


def flows(pattern='*'):
	found = sorted(glob.glob(os.path.join(FLOWS, 'flow', pattern + '.flow')))
	if not found and not passed + failed:
		print(f'skipped: no public flows in {FLOWS}')
		print('0 passed, 0 failed, 1 skipped')
		sys.exit(77)
	return found


def data(name):
	return os.path.join(FLOWS, 'data', name)


def expected(name):
	return os.path.join(FLOWS, 'expected', name)


def nodes(path):
	with open(path, encoding='utf-8') as file:
		return json.load(file)['nodes']


def lariat(*words):
	done = subprocess.run([LARIAT, *words], capture_output=True, timeout=300)
	done.complaint = done.stderr.decode('utf-8', 'replace')
	return done


def run(what, path, *words):
	"""The report of a run that must do; None if it cannot here, or does not."""
	done = lariat('run', path, '--json', '--progress', 'none', *words)
	if done.returncode and 'pandas is missing' in done.complaint:
		skip(f'{what}: no pandas')
		return None
	if not hold(f'{what}: {done.complaint.strip()}: status', done.returncode, 0):
		return None
	return json.loads(done.stdout)


def node_of(report, node):
	return next(n for n in report['nodes'] if n['id'].startswith(node))


def content(path):
	with open(path, 'rb') as file:
		return file.read()


def scratch():
	"""A folder that goes when the test ends; the test works in it."""
	folder = tempfile.TemporaryDirectory(prefix='lariat-public-')
	os.chdir(folder.name)
	return folder


def finish():
	print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
	sys.exit(failed != 0)
