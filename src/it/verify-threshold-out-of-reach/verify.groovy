// The failure is one line that names the rule, what was measured and on how many images; the model stays for inspection.
def log = new File(basedir, 'build.log').getText('UTF-8')

def number = /0?\.\d{2,4}/
def line = /(?m)^\[ERROR\] rule accuracy $number < 1\.000? \(n=\d+, 95% CI $number.{1,3}$number\)\s*$/
assert log =~ line
assert !log.contains('\tat ') : 'a user gets a message, not a stack trace'
assert log.contains('BUILD FAILURE')
assert new File(basedir, 'target/verify-threshold-out-of-reach-1.0-model.zip').isFile()
assert new File(basedir, 'target/transfer/squeezenet1_1-feature-extraction/metrics.json').isFile()
