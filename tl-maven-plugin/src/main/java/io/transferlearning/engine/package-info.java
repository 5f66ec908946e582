/**
 * The only package that touches DJL and libtorch: load a module, call its methods, devices, seeds,
 * gradients.
 */
@NullMarked
package io.transferlearning.engine;

import org.jspecify.annotations.NullMarked;
