// Each build did, or told, what it should; what was cut was gone on with, and nothing was asked for twice.
context.get('server').stop(0)

def log = new File(basedir, 'build.log').getText('UTF-8')
def requests = context.get('requests')
def url = new File(basedir, '.mvn/maven.config').text.trim() - '-Dserver='

// 1. Cut in the middle, and whole in the end.
assert log.contains("downloading $url/cut.safetensors")
assert log =~ /cut\.safetensors broke off at \d\.\d MB/
assert log =~ /downloaded \d\.\d MB, SHA-256 17a713e6/
assert log.contains("weights $url/cut.safetensors")
assert new File(basedir, 'target/transfer/squeezenet1_1-feature-extraction/model/squeezenet1_1.safetensors').isFile()
def cut = requests.findAll { it.startsWith('/cut.safetensors') }
assert cut.size() == 2 : requests
assert cut[0] == '/cut.safetensors null'
assert cut[1] ==~ '/cut.safetensors bytes=[1-9][0-9]*-'

// 2. The same without a network: nothing to do.
assert log.contains('squeezenet1_1 is up to date')

// 3. Nothing there.
assert log.contains("There are no weights at $url/gone.safetensors (status 404).")

// 4. Another file than was meant.
assert log.contains("The file at $url/other.safetensors is not the one that was meant: expected SHA-256 ${'0' * 64}, found 17a713e6")

// 5. No network, and not here: which file, and where to put it.
assert log.contains("Maven works offline, and the weights $url/elsewhere.safetensors can not be downloaded")
assert log =~ /put the file \(SHA-256 17a713e6\w+\) at \S+elsewhere\.safetensors/
assert !requests.any { it.startsWith('/elsewhere') }

def kept = []
new File(localRepositoryPath, '.cache/transfer/weights/127.0.0.1').eachFileRecurse(groovy.io.FileType.FILES) { kept << it.name }
assert kept.contains('cut.safetensors')
assert !kept.contains('other.safetensors')
assert !kept.any { it.endsWith('.part') } : kept
assert !log.contains('\tat ') : 'a user gets a message, not a stack trace'
