/**
 * Readers and writers of files of tensors. They read strangers' files: bounded, and unable to run
 * anything.
 */
@NullMarked
package io.transferlearning.weights.format;

import org.jspecify.annotations.NullMarked;
