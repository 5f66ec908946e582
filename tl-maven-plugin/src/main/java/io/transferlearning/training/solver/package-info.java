/** Minimisation of smooth functions, and convex training of heads by it. */
@NullMarked
package io.transferlearning.training.solver;

import org.jspecify.annotations.NullMarked;
