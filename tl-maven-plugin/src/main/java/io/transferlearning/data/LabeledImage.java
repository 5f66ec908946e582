package io.transferlearning.data;

import java.nio.file.Path;

/**
 * An image file and the class it belongs to.
 *
 * @param file the file
 * @param name the file's path relative to the folder of its split, with {@code /} on every system:
 *     {@code forest/12.jpg}; unique within a split, not between splits
 * @param label index of its class in {@link Dataset#classes()}
 */
public record LabeledImage(Path file, String name, int label) {}
