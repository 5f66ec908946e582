package io.transferlearning.weights.format.torch;

import io.transferlearning.weights.format.pickle.Value;
import java.util.List;

/**
 * What a pickle says of a tensor, in elements of its storage. None of it has been checked.
 *
 * @param offset of the first element
 * @param sizes outermost first
 * @param strides how far the neighbours of each dimension are apart
 */
record StridedTensor(StorageRef storage, long offset, List<Long> sizes, List<Long> strides)
    implements Value.Foreign {}
