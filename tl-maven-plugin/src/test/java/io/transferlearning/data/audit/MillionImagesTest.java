package io.transferlearning.data.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.transferlearning.data.Dataset;
import io.transferlearning.data.DatasetSpec;
import io.transferlearning.data.folder.ImageFolders;
import io.transferlearning.data.image.SyntheticImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A set of a million files, of which most are links to the same tiny images, is scanned and audited
 * in a JVM with a small heap. Run it by {@code mvn test -Dtest.excludedGroups=
 * -Dtest=MillionImagesTest}; it prints how long that took and how much memory.
 */
@Tag("sweep")
class MillionImagesTest {
  private static final int CLASSES = 10;
  private static final int IMAGES_OF_A_CLASS = 100_000;

  /** ext4 allows 65,000 links of a file. */
  private static final int LINKS = 50_000;

  private static final String HEAP = "-Xmx1g";

  @Test
  void aMillionFilesAreScannedAndAuditedInASmallHeap(@TempDir Path folder)
      throws IOException, InterruptedException {
    int number = 0;
    for (int label = 0; label < CLASSES; label++) {
      Path ofClass = Files.createDirectories(folder.resolve("set/class" + label));
      Path image = null;
      for (int i = 0; i < IMAGES_OF_A_CLASS; i++) {
        Path file = ofClass.resolve("image" + i + ".png");
        if (i % LINKS == 0) {
          image = SyntheticImage.writeNumbered(file, number++);
        } else {
          Files.createLink(file, image);
        }
      }
    }
    Path output = folder.resolve("output.txt");
    int status =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                MillionImagesTest.class.getName(),
                folder.resolve("set").toString(),
                folder.resolve("cache").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    System.out.print(Files.readString(output));
    assertThat(status).as(Files.readString(output)).isZero();
    assertThat(Files.readString(output)).contains("1000000 images");
  }

  /** What the small JVM does: scan, and audit twice. */
  public static void main(String[] arguments) {
    long start = System.nanoTime();
    Dataset dataset = ImageFolders.read(DatasetSpec.of(Path.of(arguments[0]), 42));
    int images = dataset.train().size() + dataset.validation().size() + dataset.test().size();
    tell(images + " images scanned", start);
    AuditPlan plan = new AuditPlan(Map.of(), 224, 2, Path.of(arguments[1]));
    for (String pass : List.of("audited", "audited again")) {
      start = System.nanoTime();
      int findings = DataAudit.of(dataset, plan, AuditListener.NONE).findings().size();
      tell(pass + ", " + findings + " kinds of findings", start);
    }
  }

  private static void tell(String what, long start) {
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    // Each pool's peak was at a time of its own, so that their sum may be more than there is.
    peak = Math.min(peak, Runtime.getRuntime().maxMemory());
    System.out.printf(
        "%s: %.1f s, heap below %d MB%n", what, (System.nanoTime() - start) / 1e9, peak >> 20);
  }
}
