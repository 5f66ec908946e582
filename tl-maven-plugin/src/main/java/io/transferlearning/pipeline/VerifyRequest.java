package io.transferlearning.pipeline;

import io.transferlearning.data.DatasetSpec;
import io.transferlearning.gate.Rule;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that {@link VerifyPipeline} needs.
 *
 * @param archive the zip of the model
 * @param dataset the images; its test split is scored
 * @param rules what the report says the verdicts of
 * @param processor what computes
 * @param output the folder of all results
 * @param cache the folder of what builds share
 */
public record VerifyRequest(
    Path archive,
    DatasetSpec dataset,
    List<Rule> rules,
    TrainRequest.Processing processor,
    Path output,
    Path cache) {}
