// Both goals say that they were skipped, and the target folder holds nothing of theirs.
def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains('transfer:train skipped (transfer.skip)')
assert log.contains('transfer:verify skipped (transfer.skip)')
assert !new File(basedir, 'target/transfer').exists()
assert !new File(basedir, 'target/skip-1.0-model.zip').exists()
