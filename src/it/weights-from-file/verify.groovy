// The second run read the first one's file, kept the frozen trunk as it was and learned a head of its own.
import groovy.json.JsonSlurper

def log = new File(basedir, 'build.log').getText('UTF-8')

def first = new File(basedir, 'target/first/resnet18-finetune/model/resnet18.safetensors')
def second = new File(basedir, 'target/transfer/resnet18-feature-extraction/model/resnet18.safetensors')
assert log.contains('weights target/first/resnet18-finetune/model/resnet18.safetensors')

def conv1 = { file -> tensor(file, 'conv1.weight') }
assert Arrays.equals(conv1(first), conv1(second))
assert !Arrays.equals(tensor(first, 'fc.weight'), tensor(second, 'fc.weight'))

/** The bytes of one tensor of a safetensors file: eight bytes of header length, a JSON header, the data. */
byte[] tensor(File file, String name) {
  def bytes = java.nio.ByteBuffer.wrap(file.bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN)
  int header = bytes.getLong()
  def json = new JsonSlurper().parseText(new String(bytes.array(), 8, header, 'UTF-8'))
  def (begin, end) = json[name].data_offsets
  Arrays.copyOfRange(bytes.array(), 8 + header + begin, 8 + header + end)
}
