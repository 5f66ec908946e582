/** The steps of training and verifying, one line a step. Open this package first. */
@NullMarked
package io.transferlearning.pipeline;

import org.jspecify.annotations.NullMarked;
