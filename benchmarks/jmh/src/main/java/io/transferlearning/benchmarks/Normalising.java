package io.transferlearning.benchmarks;

import io.transferlearning.data.Preprocessing.Interpolation;
import io.transferlearning.data.loader.Batch;
import io.transferlearning.engine.Processor;
import io.transferlearning.engine.TorchModule;
import io.transferlearning.network.Network;
import io.transferlearning.network.Networks;
import io.transferlearning.network.torchscript.TorchScript;
import io.transferlearning.training.ImageCode;
import io.transferlearning.training.StartingWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a network does first with a batch of bytes: a tensor of normalised floats. */
final class Normalising implements AutoCloseable {
  private static final int SIZE = 224;

  private final TorchModule module;

  private Normalising(TorchModule module) {
    this.module = module;
  }

  /** Starts libtorch, and loads the smallest network there is. */
  static Normalising start(Path folder, int threads) throws IOException {
    Network network = Networks.of("squeezenet1_1", 2);
    Path archive = folder.resolve("module.pt");
    TorchScript.write(
        archive,
        network,
        StartingWeights.of(network, "none", Optional.empty(), 1),
        new TorchScript.Methods(
            List.of(),
            ImageCode.methods(network, ImageFiles.preprocessing(Interpolation.BILINEAR))));
    TorchModule module = Processor.start("cpu", threads, 1).load(archive);
    Files.delete(archive);
    return new Normalising(module);
  }

  /** Makes a batch into floats and forgets them; how many images it had. */
  int apply(Batch batch) {
    try (TorchModule.Scope scope = module.scope()) {
      module.call("images", scope.bytes(batch.pixels(), batch.size(), SIZE, SIZE, 3));
    }
    return batch.size();
  }

  @Override
  public void close() {
    module.close();
  }
}
