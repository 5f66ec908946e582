package io.transferlearning.data.audit;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an audit is done.
 *
 * @param actions what becomes of each kind of finding; of those left out, what is usual
 * @param imageSize height and width of the network's input, in pixels
 * @param threads threads that read and decode, at least 1
 * @param cache folder of what earlier audits found out, by the content of files; null for none
 */
public record AuditPlan(
    Map<Kind, Action> actions, int imageSize, int threads, @Nullable Path cache) {

  /** Keeps a copy of the map. */
  public AuditPlan {
    actions = Map.copyOf(actions);
  }

  /** What becomes of a kind of finding. */
  Action action(Kind kind) {
    return actions.getOrDefault(kind, kind.usual());
  }
}
