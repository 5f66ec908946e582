/** From pixels to the network's input: what evaluation and what training does to an image. */
@NullMarked
package io.transferlearning.data.transform;

import org.jspecify.annotations.NullMarked;
