// Packs a few images as Kaggle packs the Intel scenes: seg_train/seg_train/CLASS, seg_test/seg_test/CLASS, seg_pred/seg_pred.
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream

def source = new File(basedir, '../../../../example-project/src/main/images')
new ZipOutputStream(new FileOutputStream(new File(basedir, 'scenes.zip'))).withCloseable { zip ->
  def add = { name, file ->
    zip.putNextEntry(new ZipEntry(name))
    zip.write(file.bytes)
    zip.closeEntry()
  }
  ['sky', 'field'].each { name ->
    ['seg_train': 10, 'seg_test': 4].each { split, count ->
      new File(source, "$split/$name").listFiles().sort().take(count).each { file ->
        add("$split/$split/$name/${file.name}".toString(), file)
      }
    }
  }
  new File(source, 'seg_test/flowers').listFiles().sort().take(2).each { add("seg_pred/seg_pred/${it.name}".toString(), it) }
  add('__MACOSX/seg_train/seg_train/sky/._a.jpg', new File(basedir, 'pom.xml'))
}
