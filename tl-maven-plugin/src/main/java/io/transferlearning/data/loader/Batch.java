package io.transferlearning.data.loader;

import java.nio.ByteBuffer;

/**
 * Images that go through the network together.
 *
 * @param pixels {@code size * height * width * 3} unsigned bytes, images one after another, each in
 *     rows of red, green, blue (NHWC); direct, little-endian, from position 0 to its limit. Its
 *     memory is used again: it is valid until the next batch is asked for, or the loader is closed
 * @param labels the class of each image
 * @param indices the position of each image in the loader's list
 * @param size the number of images; the last batch of an epoch may be a small one
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one consumer, who passes them on natively.
public record Batch(ByteBuffer pixels, long[] labels, int[] indices, int size) {}
