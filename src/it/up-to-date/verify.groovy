// One log holds the four builds in turn: each begins where Maven starts to scan for projects.
def log = new File(basedir, 'build.log').getText('UTF-8')

def builds = log.split('Scanning for projects...').drop(1)
assert builds.size() == 4
def trained = { it.contains('transfer:train  squeezenet1_1') }
def upToDate = { it.contains('is up to date: nothing changed since it was trained') }

assert trained(builds[0]) && !upToDate(builds[0])
assert !trained(builds[1]) && upToDate(builds[1])
assert trained(builds[2]) && builds[2].contains('training again: seed changed from 42 to 7')
assert trained(builds[3]) && builds[3].contains('training again: transfer.force')
