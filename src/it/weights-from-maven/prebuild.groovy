// A repository with one model's zip in it, as transfer:train attaches it, and a zoo with one model in it.
import java.security.MessageDigest
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream

byte[] weights = new File(basedir, '../../../src/main/resources/io/transferlearning/weights/source/squeezenet1_1.imagenet.safetensors').bytes

def zip(File file, Map<String, byte[]> entries) {
  file.parentFile.mkdirs()
  new ZipOutputStream(new FileOutputStream(file)).withCloseable { out ->
    entries.each { name, bytes ->
      out.putNextEntry(new ZipEntry(name))
      out.write(bytes)
    }
  }
  return file
}

zip(new File(basedir, 'repository/org/example/scenes/1.0/scenes-1.0-model.zip'),
    ['model.json': '{}'.bytes, 'squeezenet1_1.safetensors': weights])

def place = new File(basedir, 'zoo/model/cv/image_classification/ai/djl/pytorch/resnet18_embedding')
def packed = zip(new File(place, '0.0.1/weights.zip'), ['resnet18_embedding/weights.safetensors': weights])
def sha1 = MessageDigest.getInstance('SHA-1').digest(packed.bytes).encodeHex()
new File(place, 'metadata.json').text = """
{"metadataVersion": "0.1", "resourceType": "model", "application": "cv/image_classification",
 "groupId": "ai.djl.pytorch", "artifactId": "resnet18_embedding", "artifacts": [
   {"version": "0.0.1", "snapshot": false, "name": "resnet18_embedding",
    "files": {"model": {"uri": "0.0.1/weights.zip", "name": "", "sha1Hash": "$sha1", "size": ${packed.length()}}}}]}
"""
true
