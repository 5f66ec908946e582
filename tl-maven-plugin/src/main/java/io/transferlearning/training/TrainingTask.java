package io.transferlearning.training;

import io.transferlearning.data.Balance;
import io.transferlearning.data.Dataset;
import io.transferlearning.data.Preprocessing;
import io.transferlearning.data.transform.Augmentation;
import io.transferlearning.engine.Processor;
import io.transferlearning.network.Network;
import io.transferlearning.network.torchscript.Numerics;
import java.nio.file.Path;

/**
 * What both ways of training need.
 *
 * @param processor that computes
 * @param numerics what the trunk computes in
 * @param network with as many outputs as the dataset has classes
 * @param dataset the images
 * @param preprocessing that the weights go with
 * @param augmentation of training images, where the network sees them in each epoch
 * @param balance of the classes
 * @param seed of shuffling and augmentation
 * @param threads that decode images
 * @param workFolder exists; for files that are gone at the end
 * @param listener hears how it goes
 */
public record TrainingTask(
    Processor processor,
    Numerics numerics,
    Network network,
    Dataset dataset,
    Preprocessing preprocessing,
    Augmentation augmentation,
    Balance balance,
    long seed,
    int threads,
    Path workFolder,
    Listener listener) {}
