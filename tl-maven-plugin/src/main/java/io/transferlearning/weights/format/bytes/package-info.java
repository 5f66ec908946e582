/** The bytes of a file, on disk or in memory, read at any place. */
@NullMarked
package io.transferlearning.weights.format.bytes;

import org.jspecify.annotations.NullMarked;
