// Both sources were found, unpacked and trained from; what there is not is told as it was written.
def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains('weights mvn:org.example:scenes:1.0:zip:model')
assert log.contains('training again: weights.source changed from mvn:org.example:scenes:1.0:zip:model to djl://ai.djl.pytorch/resnet18_embedding')
assert log.contains('weights djl://ai.djl.pytorch/resnet18_embedding')
assert new File(basedir, 'target/transfer/squeezenet1_1-feature-extraction/model/squeezenet1_1.safetensors').isFile()

def resolved = new File(localRepositoryPath, 'org/example/scenes/1.0/scenes-1.0-model.zip')
assert resolved.isFile() : 'Maven keeps it as it keeps every artifact'

assert log.contains('Maven cannot resolve the weights mvn:org.example:missing:1.0:zip:model')
assert log.contains("The parameter transfer.weights is 'mvn:org.example', and Maven coordinates are written mvn:group:artifact:version[:type[:classifier]]")
assert log.contains('no image classifier djl://ai.djl.pytorch/resnet19; it has djl://ai.djl.pytorch/')
assert !log.contains('\tat ') : 'a user gets a message, not a stack trace'
