package io.transferlearning.maven;

import io.transferlearning.evaluation.Metrics;
import io.transferlearning.evaluation.MetricsFile;
import io.transferlearning.evaluation.Verdict;
import io.transferlearning.fork.TrainerProcess;
import io.transferlearning.gate.Gate;
import io.transferlearning.gate.Rule;
import io.transferlearning.pipeline.VerifyPipeline;
import io.transferlearning.pipeline.VerifyRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Loads the packaged model in a fresh process, scores it on the test images, which nothing was
 * chosen by, and fails the build where it is not good enough.
 */
@Mojo(
    name = "verify",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresProject = false,
    threadSafe = true)
public class VerifyMojo extends AbstractTransferMojo {

  /**
   * What the model must reach. Metrics: {@code accuracy}, {@code accuracyLowerBound} (of its 95 %
   * interval), {@code balancedAccuracy}, {@code macroF1}, {@code kappa}, {@code top5Accuracy},
   * {@code logLoss}; with a {@code className}, or {@code *} for each class: {@code precision},
   * {@code recall}, {@code f1}. Limits are {@code minimum} and {@code maximum}, such as {@code
   * 0.90} or {@code 90%}.
   *
   * <pre>{@code
   * <rules>
   *   <rule><metric>accuracy</metric><minimum>0.90</minimum></rule>
   *   <rule><metric>recall</metric><className>*</className><minimum>80%</minimum></rule>
   * </rules>
   * }</pre>
   */
  @Parameter @Nullable List<RuleParameters> rules;

  /** One more rule, for the command line: the least accuracy. */
  @Parameter(property = "transfer.minimumAccuracy")
  @Nullable String minimumAccuracy;

  /** Called by Maven. */
  @Inject
  public VerifyMojo(
      MavenSession session,
      MojoExecution execution,
      RepositorySystem repositories,
      ToolchainManager toolchains) {
    super(session, execution, repositories, toolchains);
  }

  @Override
  void run(Settings settings) throws IOException, InterruptedException, MojoFailureException {
    List<Rule> all = rules(settings);
    if (all.isEmpty()) {
      getLog().warn("there are no <rules>: the model is measured, and whatever it reaches passes");
    }
    VerifyRequest request =
        new VerifyRequest(
            archive(settings),
            dataset(settings),
            all,
            processing(settings),
            output(settings),
            cache(settings));
    TrainerProcess.verify(launch(settings), request, console());
    judge(MetricsFile.read(VerifyPipeline.metricsFile(request.output())), all);
  }

  private List<Rule> rules(Settings settings) {
    List<Rule> all = new ArrayList<>();
    if (rules != null) {
      rules.forEach(rule -> all.add(rule.toRule()));
    }
    String accuracy = settings.text("transfer.minimumAccuracy", minimumAccuracy);
    if (accuracy != null) {
      all.add(Rule.parse("accuracy", null, accuracy, null));
    }
    return all;
  }

  private void judge(Metrics metrics, List<Rule> all) throws MojoFailureException {
    List<Verdict> verdicts = Gate.judge(metrics, all);
    for (Verdict verdict : verdicts) {
      if (verdict.passed()) {
        getLog().info(verdict.message());
      } else {
        getLog().error(verdict.message());
      }
    }
    long violated = verdicts.stream().filter(verdict -> !verdict.passed()).count();
    if (violated > 0) {
      throw new MojoFailureException(
          "the model is not good enough: %s of %s rules violated, see above"
              .formatted(violated, verdicts.size()));
    }
  }
}
