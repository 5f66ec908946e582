/**
 * An unpickler that can not run code: it knows data, asks for every other name whether it is
 * allowed, and calls nothing.
 */
@NullMarked
package io.transferlearning.weights.format.pickle;

import org.jspecify.annotations.NullMarked;
