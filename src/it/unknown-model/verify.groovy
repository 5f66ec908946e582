// The message names the value, lists what is legal and suggests the nearest; nothing was started.
def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains("unknown model 'resnet81'")
assert log.contains("did you mean 'resnet18'?")
['resnet', 'alexnet', 'vgg', 'squeezenet', 'densenet', 'resnet18', 'vgg11_bn', 'squeezenet1_1', 'densenet121'].each {
  assert log =~ /\b$it\b/ : "the list of known models lacks $it"
}
assert !log.contains('\tat ') : 'a user gets a message, not a stack trace'
assert !new File(basedir, 'target/transfer').exists()
