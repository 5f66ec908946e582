package io.transferlearning.weights.format.torch;

import io.transferlearning.weights.format.pickle.Value;

/**
 * What a pickle says of a storage: a row of elements that lies elsewhere in the file. None of it
 * has been checked.
 *
 * @param key the storage's name in the file
 * @param elements how many it has in all
 * @param start the first of those that are meant; older files can refer to a part
 * @param length how many of them are meant
 */
record StorageRef(StorageType type, String key, long elements, long start, long length)
    implements Value.Foreign {}
