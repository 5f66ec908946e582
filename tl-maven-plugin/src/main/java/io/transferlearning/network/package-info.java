/**
 * A network is data: named nodes and parameters in torchvision's own names, and what is written
 * from them.
 */
@NullMarked
package io.transferlearning.network;

import org.jspecify.annotations.NullMarked;
