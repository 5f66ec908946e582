/**
 * Files from other machines: downloaded once into a folder that builds share, verified before use,
 * never half there.
 */
@NullMarked
package io.transferlearning.weights.download;

import org.jspecify.annotations.NullMarked;
