// Everything the plugin promises to leave behind is there, and the gate let the build pass.
def log = new File(basedir, 'build.log').getText('UTF-8')
def run = new File(basedir, 'target/transfer/squeezenet1_1-feature-extraction')
def modelFiles = ['squeezenet1_1.pt', 'squeezenet1_1.safetensors', 'synset.txt', 'serving.properties', 'model.json']

modelFiles.each { assert new File(run, "model/$it").length() > 0 : it }
['history.csv', 'metrics.json', 'predictions.csv', 'config.json'].each { assert new File(run, it).length() > 0 : it }
['fextract_plot_squeezenet.png', 'report/index.html', 'summary.md'].each {
  assert new File(basedir, "target/transfer/$it").length() > 0 : it
}
assert new File(run, 'model/synset.txt').readLines() == ['buildings', 'field', 'flowers', 'mountain', 'sky']

def zip = new File(basedir, 'target/train-and-verify-pass-1.0-model.zip')
def entries = new java.util.zip.ZipFile(zip).withCloseable { it.entries().collect { entry -> entry.name } }
assert entries.containsAll(modelFiles) : entries

def installed = 'io/transferlearning/it/train-and-verify-pass/1.0/train-and-verify-pass-1.0-model.zip'
assert new File(localRepositoryPath, installed).bytes == zip.bytes

assert log.contains('transfer:train')
assert log.contains('rule accuracy') && log.contains('>= 0.400')
assert !log.contains('[ERROR]')
