/**
 * Where weights come from: what transfer.weights says, the published files, what the plugin holds.
 */
@NullMarked
package io.transferlearning.weights.source;

import org.jspecify.annotations.NullMarked;
