import java.util.zip.ZipFile

// One log holds the two builds in turn: each begins where Maven starts to scan for projects.
def log = new File(basedir, 'build.log').getText('UTF-8')
def builds = log.split('Scanning for projects...').drop(1)
assert builds.size() == 2
assert builds[0].count('transfer:train  squeezenet1_1') == 2
assert builds[1].count('is up to date: nothing changed since it was trained') == 2
// Each gate has its own rule, and the model of its own classifier.
builds.each {
    assert it.contains('>= 0.300')
    assert it.contains('>= 0.400')
}

def size = { classifier ->
    def zip = new ZipFile(new File(basedir, "target/two-models-1.0-${classifier}.zip"))
    def description = zip.entries().find { it.name.endsWith('model.json') }
    def text = zip.getInputStream(description).getText('UTF-8')
    zip.close()
    assert new File(basedir, "target/transfer-${classifier}/report/index.html").file
    new groovy.json.JsonSlurper().parseText(text).provenance['image size']
}
assert size('small') == '64'
assert size('large') == '96'
