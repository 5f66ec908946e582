// The message says which folder, how to name another one and what it has to look like; nothing was started.
def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains("the dataset's folder ${new File(basedir, 'src/main/nowhere')} does not exist")
assert log.contains('-Dtransfer.dataset')
assert log.contains('FOLDER/train/CLASS/*.jpg')
assert !log.contains('\tat ') : 'a user gets a message, not a stack trace'
assert !new File(basedir, 'target/transfer').exists()
