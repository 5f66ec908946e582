/** Frozen features and the head on them, fine-tuning, schedules, history. */
@NullMarked
package io.transferlearning.training;

import org.jspecify.annotations.NullMarked;
