// A small dataset, one of whose training images is also a test image, in another format: the same pixels, other bytes.
import javax.imageio.ImageIO

def images = new File(basedir, 'images')
def source = new File(basedir, '../../../../example-project/src/main/images')
['sky', 'field'].each { name ->
  ['seg_train': 8, 'seg_test': 3].each { split, count ->
    def target = new File(images, "$split/$name")
    target.mkdirs()
    new File(source, "$split/$name").listFiles().sort().take(count).each { file ->
      new File(target, file.name).bytes = file.bytes
    }
  }
}
def leaked = new File(images, 'seg_train/sky').listFiles().sort()[0]
assert ImageIO.write(ImageIO.read(leaked), 'png', new File(images, 'seg_test/sky/leaked.png'))
