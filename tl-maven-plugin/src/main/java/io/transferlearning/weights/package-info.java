/** Tensors by name, and their strict mapping onto a network. */
@NullMarked
package io.transferlearning.weights;

import org.jspecify.annotations.NullMarked;
