/**
 * A dataset and its images: labelled files in splits, what happens to an image, and the random
 * numbers for it. The packages inside go from folders to batches.
 */
@NullMarked
package io.transferlearning.data;

import org.jspecify.annotations.NullMarked;
