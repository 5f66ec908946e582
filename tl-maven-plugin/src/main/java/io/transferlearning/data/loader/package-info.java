/** Many images at once: threads, prefetch, caches, batches of unsigned bytes. */
@NullMarked
package io.transferlearning.data.loader;

import org.jspecify.annotations.NullMarked;
