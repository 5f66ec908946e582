// Both files of the leak are named before anything is computed; with a warning alone the build goes on.
def log = new File(basedir, 'build.log').getText('UTF-8')
def builds = log.split('Scanning for projects...').drop(1)
assert builds.size() == 2

assert builds[0].contains('1 test image is also among the training or validation images')
assert builds[0].contains("${new File(basedir, 'images/seg_test/sky/leaked.png')} (the same pixels in different files)")
assert builds[0].contains('-Dtransfer.audit.testLeakage=warn')
assert !builds[0].contains('libtorch') : 'nothing was computed'
assert !builds[0].contains('\tat ') : 'a user gets a message, not a stack trace'

assert builds[1].contains('[WARNING] audit   1 test image is also among the training or validation images')
def report = new File(basedir, 'target/transfer/report/index.html').getText('UTF-8')
assert report.contains('1 test image is also among')
assert report.contains(' = seg_test/sky/leaked.png (the same pixels in different files)')
assert !report.contains(basedir.path) : 'a report is read elsewhere'
