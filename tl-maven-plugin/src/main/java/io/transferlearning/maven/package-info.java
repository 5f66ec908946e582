/** The Mojos: parameters and one delegation each. The only package that knows Maven. */
@NullMarked
package io.transferlearning.maven;

import org.jspecify.annotations.NullMarked;
