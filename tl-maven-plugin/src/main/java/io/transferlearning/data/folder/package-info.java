/**
 * From folders to splits of labelled files: layouts, class folders, seeded choices. Opens no image.
 */
@NullMarked
package io.transferlearning.data.folder;

import org.jspecify.annotations.NullMarked;
