/**
 * Writes a network as a TorchScript archive, which libtorch, DJL and Python load: a stored zip of
 * pickled structure, code and raw tensors. Nothing here reads one.
 */
@NullMarked
package io.transferlearning.network.torchscript;

import org.jspecify.annotations.NullMarked;
