/** The model's folder and its zip, byte for byte reproducible, with where it came from. */
@NullMarked
package io.transferlearning.artifact;

import org.jspecify.annotations.NullMarked;
