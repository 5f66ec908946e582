/** Rules, limits and violations. Knows neither DJL nor Maven, and fails closed. */
@NullMarked
package io.transferlearning.gate;

import org.jspecify.annotations.NullMarked;
