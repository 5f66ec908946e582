/**
 * Heads trained to convergence: multinomial logistic regression on the features of a frozen trunk.
 *
 * <p>The penalised loss is convex, so the result does not depend on a learning rate, an order of
 * images or a random start. Features are standardised for the solver, and that is folded back into
 * weight and bias: the network that is saved is the plain one. Dropout before the head is not used
 * here; the L2 penalty, chosen on the validation images, does its work.
 *
 * <p>SqueezeNet's head (a 1x1 convolution, ReLU, the mean over all positions) takes maps, 169 times
 * as large as vectors. It needs none of them to be trained: softmax does not change when all logits
 * grow by one number, so the biases can be raised until no position of any image falls below zero.
 * ReLU then does nothing, convolution and mean change places, and the head is exactly a logistic
 * regression on the mean of each channel. It is also a stationary point of the head as it is:
 * ReLU's own gradient would change nothing. On natural scenes and CIFAR-10 it was as accurate as a
 * head trained through ReLU on all positions, at the best penalty of each.
 */
@NullMarked
package io.transferlearning.training.head;

import org.jspecify.annotations.NullMarked;
