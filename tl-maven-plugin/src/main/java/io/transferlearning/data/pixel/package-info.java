/**
 * Operations on the pixels of an image, each equal to Pillow's for 8-bit RGB, on which
 * torchvision's transforms of images rest.
 */
@NullMarked
package io.transferlearning.data.pixel;

import org.jspecify.annotations.NullMarked;
