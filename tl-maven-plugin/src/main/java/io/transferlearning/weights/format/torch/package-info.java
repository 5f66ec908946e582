/**
 * PyTorch's own files: what torch.save writes, as a zip or in the older form, and TorchScript
 * archives. Only their tensors are read, never their code.
 */
@NullMarked
package io.transferlearning.weights.format.torch;

import org.jspecify.annotations.NullMarked;
