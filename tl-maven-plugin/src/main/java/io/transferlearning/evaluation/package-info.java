/**
 * Predictions and what is measured on them: metrics, intervals, the confusion matrix, metrics.json.
 */
@NullMarked
package io.transferlearning.evaluation;

import org.jspecify.annotations.NullMarked;
