/** Reads zip archives that may be hostile. */
@NullMarked
package io.transferlearning.weights.format.zip;

import org.jspecify.annotations.NullMarked;
