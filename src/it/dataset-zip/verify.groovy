// The zip was read as the folder that it holds, the images of no class were passed over and named.
def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains('data    16 train, 4 validation, 8 test images of 2 classes')
assert log.contains('1 file or folder is no image of a class') && log.contains('seg_pred')
assert log.contains('[INFO] audit   28 images')
assert !log.contains('[ERROR]')
assert new File(basedir, 'target/dataset-zip-1.0-model.zip').length() > 0
