/**
 * Images in: strict class folders, seeded splits, decoding, transforms, batches of unsigned bytes.
 */
@NullMarked
package io.transferlearning.data;

import org.jspecify.annotations.NullMarked;
