/**
 * Features of frozen trunks: how they are written down, and where they are kept between builds.
 *
 * <p>Features are written without loss, so a training gives the same bytes whether they were
 * computed or found. Most of what a ReLU lets through is zero: SqueezeNet's maps (346 kB an image
 * of 224 pixels as 32-bit floats) take about 28 kB where a trunk in bfloat16 made them.
 *
 * <p>The cache is a folder of append-only files. Each build writes files of its own and reads all
 * of its group (same trunk, preprocessing, numerics and code), so builds at the same time need no
 * locks. Every entry carries a checksum: what is torn or damaged is passed over and computed again.
 */
@NullMarked
package io.transferlearning.training.features;

import org.jspecify.annotations.NullMarked;
