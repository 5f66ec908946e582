/**
 * Every failure a user can get: what failed, with the value and what is legal, and what to do next.
 * Depends on the JDK alone.
 */
@NullMarked
package io.transferlearning.problem;

import org.jspecify.annotations.NullMarked;
