/**
 * The tensors of ONNX files, and how their layers feed each other: a small reader of the few
 * protocol buffer messages that say so.
 */
@NullMarked
package io.transferlearning.weights.format.onnx;

import org.jspecify.annotations.NullMarked;
