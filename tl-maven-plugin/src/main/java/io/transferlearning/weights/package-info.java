/** Tensors by name, read from published files that can not run code, and where they come from. */
@NullMarked
package io.transferlearning.weights;

import org.jspecify.annotations.NullMarked;
