// The message names the property and the one that was meant; nothing was started.
def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains("unknown property transfer.epohcs, did you mean 'transfer.epochs'?")
assert !log.contains('\tat ') : 'a user gets a message, not a stack trace'
assert !new File(basedir, 'target/transfer').exists()
