/**
 * The trainer's own JVM: class path, request file in, events out, crash reports, and dying with its
 * parent.
 */
@NullMarked
package io.transferlearning.fork;

import org.jspecify.annotations.NullMarked;
