/** From a file's bytes to RGB pixels, and from those to other sizes. */
@NullMarked
package io.transferlearning.data.image;

import org.jspecify.annotations.NullMarked;
