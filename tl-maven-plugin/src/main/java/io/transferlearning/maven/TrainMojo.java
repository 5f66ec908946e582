package io.transferlearning.maven;

import static java.lang.Boolean.TRUE;

import io.transferlearning.data.folder.ImageFolders;
import io.transferlearning.fork.TrainerProcess;
import io.transferlearning.network.Networks;
import io.transferlearning.pipeline.HeadSolvers;
import io.transferlearning.pipeline.Inputs;
import io.transferlearning.pipeline.Mode;
import io.transferlearning.pipeline.Precisions;
import io.transferlearning.pipeline.TrainRequest;
import io.transferlearning.pipeline.Tuning;
import io.transferlearning.problem.ConfigurationProblems;
import io.transferlearning.weights.source.SourceResolver;
import io.transferlearning.weights.source.SourceText;
import io.transferlearning.weights.source.WeightSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProjectHelper;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Trains an image classifier by transfer learning, measures it, draws how it went, packages it and
 * attaches it to the project. Does nothing where nothing has changed since the last time.
 */
@Mojo(
    name = "train",
    defaultPhase = LifecyclePhase.GENERATE_RESOURCES,
    requiresProject = false,
    threadSafe = true)
public class TrainMojo extends AbstractTransferMojo {
  private static final int DEFAULT_IMAGE_SIZE = 224;

  /** In MiB. */
  private static final int DEFAULT_CACHE_SIZE = 4096;

  private final MavenProjectHelper projectHelper;

  /**
   * The network: a family ({@code resnet}, {@code alexnet}, {@code vgg}, {@code squeezenet}, {@code
   * densenet}) or torchvision's name of one. Required.
   */
  @Parameter(property = "model")
  @Nullable String model;

  /**
   * What is trained: {@code feature-extraction} only a new last layer, {@code finetune} everything,
   * {@code both} one after the other, of which the better one on the validation images is packaged.
   * Default: {@code feature-extraction}.
   */
  @Parameter(property = "transfer.mode")
  @Nullable String mode;

  /**
   * What the training starts from. {@code <backbone>WEIGHTS</backbone>}, or {@code
   * -Dtransfer.weights=WEIGHTS}, one of:
   *
   * <ul>
   *   <li>{@code pretrained} (default): published ImageNet weights; those of squeezenet1_1 are in
   *       the plugin, those of other networks are downloaded once from where torchvision publishes
   *       them.
   *   <li>{@code none}: random weights.
   *   <li>a file, relative to the project's folder or absolute: safetensors, PyTorch's {@code
   *       .pth}, TorchScript, ONNX; also the zip that this goal makes.
   *   <li>an http or https address, which may end with {@code #sha256=HEX}. Proxies are those of
   *       Maven's settings; a {@code <server>} whose id is the host gives user and password.
   *   <li>{@code mvn:group:artifact:version[:type[:classifier]]}: an artifact, resolved by Maven.
   *       Without type and classifier it is the model that this goal attached to another project.
   *   <li>{@code djl://ai.djl.pytorch/resnet18_embedding[/version[/name]]}: a model of DJL's zoo.
   * </ul>
   *
   * As nested elements: {@code weights}; {@code sha256}, the digest that the file must have ({@code
   * -Dtransfer.weightsSha256}); {@code zoo}, another address or a folder of DJL's zoo ({@code
   * -Dtransfer.zoo}); {@code imageSize} in pixels (224, {@code -Dtransfer.imageSize}); {@code
   * precision} ({@code -Dtransfer.precision}): {@code fp32}; {@code bf16}, half the bytes between
   * the layers over full parameters; {@code auto}, bf16 where the processor computes it in
   * hardware.
   */
  @Parameter @Nullable BackboneParameters backbone;

  /**
   * How to train: {@code epochs} ({@code -Dtransfer.epochs}; 100 with a frozen trunk, otherwise
   * 10), {@code batchSize} ({@code -Dtransfer.batchSize}; 64 or 32), {@code learningRate} ({@code
   * -Dtransfer.learningRate}; the highest one: 1e-3 with a frozen trunk; in fine-tuning 5e-5 for
   * AdamW and 1e-3 for SGD from trained weights, 1e-3 and 1e-2 from random ones), {@code patience}
   * ({@code -Dtransfer.patience}; epochs without a better one before it stops, 0 for never: 10 with
   * a frozen trunk, 3 in fine-tuning, 0 from random weights). Where something is fine-tuned, these
   * are the settings of fine-tuning, and the head before it is solved as usual. {@code headSolver}
   * ({@code -Dtransfer.headSolver}; {@code auto}) for the head on a frozen trunk: {@code lbfgs}
   * solves a logistic regression to convergence under a series of L2 penalties, of which the
   * validation images choose one; {@code epochs} is then the most iterations for each penalty
   * (1000) where nothing is fine-tuned, and rate, batch size, patience and dropout mean nothing.
   * {@code adamw} takes small steps with dropout. {@code auto} is {@code lbfgs}, but {@code adamw}
   * where a learning rate is given and nothing is fine-tuned. {@code flippedViews} ({@code
   * -Dtransfer.flippedViews}; {@code false}): it also learns from the mirror images. Against
   * classes of unequal size, in both modes: {@code classWeights} ({@code -Dtransfer.classWeights};
   * {@code balanced} weighs the loss by the inverse frequency of the class; {@code none}) or {@code
   * sampling} ({@code -Dtransfer.sampling}; {@code balanced} draws each class equally often; {@code
   * shuffled}).
   *
   * <p>For fine-tuning alone, each with a property of its name: {@code preset} ({@code quick}: 3
   * epochs, all of them; {@code balanced}, the default; {@code best}: up to 30 epochs, a patience
   * of 8 and a moving average of the weights, 0.99); {@code optimizer} ({@code adamw} or {@code
   * sgd}), {@code momentum} (0.9) and {@code nesterov} of SGD, {@code weightDecay} (1e-2 for AdamW,
   * 1e-4 for SGD; never of biases and normalisations), {@code headLearningRate} (for AdamW from
   * trained weights 10 times the body's; for SGD, and from random weights, the same), {@code
   * layerDecay} (1; what the rate of a stage is multiplied by for the one before it), {@code
   * schedule} ({@code cosine} after a warm-up, {@code step}, {@code one-cycle}, {@code constant}),
   * {@code clipNorm} (0 for no limit), {@code accumulation} (batches of a step, 1), {@code ema}
   * (decay of the moving average of the weights, 0 for none), {@code startShare} (share of the
   * weights that fine-tuning starts from in those that are measured and kept, 0: for test images
   * that are unlike the training images), {@code labelSmoothing} (0.1), {@code freezeUpTo} (a stage
   * such as {@code layer2}, or a module inside one), {@code gradualUnfreezing} (a stage more an
   * epoch), {@code batchNorm} ({@code train}, {@code frozen}, or {@code auto}: frozen below 5,000
   * training images), {@code maxMinutes} (no epoch starts after them; the best one is kept), {@code
   * findLearningRate} (a hundred steps at a rising rate choose the rate of fine-tuning, and are
   * drawn in {@code lr_finder_FAMILY.png}).
   */
  @Parameter @Nullable TrainingParameters training;

  /**
   * What becomes of what is wrong with the images: {@code ignore}, {@code warn} or {@code fail}, as
   * nested elements or as {@code -Dtransfer.audit.NAME}. {@code unreadable} (fail): empty, damaged
   * or cut files; with {@code warn} those that can not be decoded are passed over, test images
   * excepted. {@code testLeakage} (fail): the same image for testing and for training or
   * validation. {@code validationLeakage} (warn): for training and validation. {@code twoClasses}
   * (warn): in two classes. {@code duplicates} (warn): twice in a class. {@code fewImages} (warn):
   * a class with fewer than 10 training images. {@code imbalance} (warn): a class with 10 times
   * another's. {@code smallImages} (warn): a side below half of the network's input. {@code
   * otherFiles} (warn): what is no image of a class. The same image means the same pixels; photos
   * that only look alike are not looked for. Classes that differ between splits always fail.
   *
   * <pre>{@code
   * <audit>
   *   <duplicates>fail</duplicates>
   *   <smallImages>ignore</smallImages>
   * </audit>
   * }</pre>
   */
  @Parameter @Nullable AuditParameters audit;

  /**
   * What is done to training images in fine-tuning: {@code <augmentation>WORD</augmentation>}, or
   * {@code -Dtransfer.augmentation=WORD}: {@code none}; {@code light}, crops of at least half of an
   * image, and flips; {@code default}, crops of at least 8 %, and flips; {@code trivialaugment},
   * the default and one random operation of TrivialAugment (wide); {@code strong}, that and erasing
   * of a box in a tenth of the images. As nested elements: {@code preset}, one of these words
   * ({@code -Dtransfer.augmentation}, as {@code transfer.preset} is that of the training), and what
   * overrides it, each with a property of its name: {@code leastArea} of a crop (0 to 1; 0 for the
   * evaluation's centre crop); {@code horizontalFlip} and {@code verticalFlip} (chances, 0 to 1);
   * {@code rotation} (most degrees, 0 to 180); {@code brightness}, {@code contrast}, {@code
   * saturation} (0 to 10, as of torchvision's ColorJitter) and {@code hue} (0 to 0.5); {@code
   * trivialAugment} (true or false); {@code erasing} (chance, 0 to 1); {@code mixup} and {@code
   * cutmix} (alpha of their Beta distribution, 0 to 100; 0 for none, as in every preset;
   * torchvision's recipes have 0.2 and 1).
   */
  @Parameter @Nullable AugmentationParameters augmentation;

  /**
   * MiB that features of images may take in {@code transfer.cacheDirectory}: what a frozen network
   * says of an image is kept by content, so that only images that no build has seen are computed.
   * The least recently used go first; 0 keeps none. Default: 4096.
   */
  @Parameter(property = "transfer.cacheSize")
  @Nullable String cacheSize;

  /** Trains even where nothing has changed. */
  @Parameter(property = "transfer.force", defaultValue = "false")
  boolean force;

  /** Called by Maven. */
  @Inject
  public TrainMojo(
      MavenSession session,
      MojoExecution execution,
      RepositorySystem repositories,
      ToolchainManager toolchains,
      MavenProjectHelper projectHelper) {
    super(session, execution, repositories, toolchains);
    this.projectHelper = projectHelper;
  }

  @Override
  void run(Settings settings) throws IOException, InterruptedException {
    TrainRequest request = request(settings);
    FineTuningOnly.warning(settings, request.modes()).ifPresent(getLog()::warn);
    Inputs inputs = Inputs.of(request);
    Optional<String> reason = inputs.change();
    if (settings.flag("transfer.force", force)) {
      reason = Optional.of("transfer.force");
    }
    if (reason.isEmpty()) {
      getLog().info(request.model() + " is up to date: nothing changed since it was trained");
    } else {
      announce(request, reason.get());
      TrainerProcess.train(launch(settings), request, console());
      inputs.remember();
    }
    if (!standalone()) {
      projectHelper.attachArtifact(
          project(), "zip", classifier(settings), request.archive().toFile());
    }
  }

  private void announce(TrainRequest request, String reason) {
    List<String> modes = request.modes().stream().map(Mode::text).toList();
    getLog()
        .info(
            "transfer:train  %s, %s, seed %s"
                .formatted(request.model(), String.join(" and ", modes), request.seed()));
    if (!reason.equals(Inputs.NOTHING_BEFORE)) {
      getLog().info("training again: " + reason);
    }
  }

  /** What the user asks for. */
  TrainRequest request(Settings settings) throws InterruptedException {
    BackboneParameters b = backbone == null ? new BackboneParameters() : backbone;
    String name = settings.text("model", model);
    if (name == null) {
      throw ConfigurationProblems.noModel(Networks.names());
    }
    String weights = settings.text("transfer.weights", b.weights, "pretrained");
    String network = Networks.resolve(name);
    List<Mode> modes =
        Mode.parse(settings.text("transfer.mode", mode, Mode.FEATURE_EXTRACTION.text()));
    String sha256 = settings.text("transfer.weightsSha256", b.sha256);
    // Fails before anything else where the word means nothing or the file is missing.
    WeightSource source = SourceText.parse(weights, sha256, base());
    return new TrainRequest(
        network,
        modes,
        dataset(settings),
        AuditParameters.actions(audit, settings),
        weights(settings, b).resolve(source, sha256, network),
        settings.integer("transfer.imageSize", b.imageSize, 1, DEFAULT_IMAGE_SIZE),
        Precisions.requireKnown(settings.text("transfer.precision", b.precision, Precisions.AUTO)),
        AugmentationSettings.augmentation(settings, augmentation),
        AugmentationSettings.balance(settings, training),
        training(settings, network, modes),
        processing(settings),
        seed(settings),
        output(settings),
        cache(settings),
        settings.integer("transfer.cacheSize", cacheSize, 0, DEFAULT_CACHE_SIZE),
        archive(settings),
        execution.getVersion());
  }

  /** Images that are not as they should be are told before anything is downloaded. */
  private SourceResolver weights(Settings settings, BackboneParameters b) {
    return MavenWeights.resolver(
        session,
        repositories,
        console(),
        cache(settings).resolve("weights"),
        settings.text("transfer.zoo", b.zoo),
        base(),
        () -> ImageFolders.read(dataset(settings)));
  }

  private TrainRequest.Training training(Settings settings, String network, List<Mode> modes) {
    TrainingParameters t = training == null ? new TrainingParameters() : training;
    Double rate = settings.positive("transfer.learningRate", t.learningRate);
    Tuning tuning = TuningSettings.of(settings, t, network);
    boolean searched = modes.contains(Mode.FINETUNE) && TRUE.equals(tuning.findLearningRate());
    if (searched && rate != null) {
      throw ConfigurationProblems.givenAndSearchedRate(rate);
    }
    return new TrainRequest.Training(
        settings.integer("transfer.epochs", t.epochs, 1),
        settings.integer("transfer.batchSize", t.batchSize, 1),
        rate,
        settings.integer("transfer.patience", t.patience, 0),
        HeadSolvers.requireKnown(settings.text("transfer.headSolver", t.headSolver)),
        settings
            .word("transfer.flippedViews", t.flippedViews, List.of("true", "false"), "false")
            .equals("true"),
        tuning);
  }
}
