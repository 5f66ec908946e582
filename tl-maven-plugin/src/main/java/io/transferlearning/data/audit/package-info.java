/** What is wrong with a dataset, found before anything is learnt from it. */
@NullMarked
package io.transferlearning.data.audit;

import org.jspecify.annotations.NullMarked;
