package io.transferlearning.network.torchscript;

/**
 * In what numbers and in what order of memory a trunk computes. Parameters, running statistics,
 * features and losses are 32-bit floats whatever is chosen.
 *
 * @param precision of convolutions, linear layers and what flows between them
 * @param layout of maps and of convolutions' weights
 * @param kernels that a trunk without gradients may call
 */
public record Numerics(Precision precision, Layout layout, Kernels kernels) {
  /** 32-bit floats, channels last: what a published module computes in. */
  public static final Numerics SINGLE = new Numerics(Precision.FP32, Layout.CHANNELS_LAST);

  /** bfloat16 over 32-bit parameters, channels last. */
  public static final Numerics MIXED = new Numerics(Precision.BF16, Layout.CHANNELS_LAST);

  /** With the operations that every libtorch has. */
  public Numerics(Precision precision, Layout layout) {
    this(precision, layout, Kernels.COMMON);
  }

  /** The same with other operations. */
  public Numerics with(Kernels others) {
    return new Numerics(precision, layout, others);
  }

  /** Floating point numbers. */
  public enum Precision {
    /** IEEE 754's 32 bits: 24 of significand. */
    FP32,
    /**
     * bfloat16: the 8 bits of exponent of fp32, 8 of significand. Parameters are rounded for each
     * use ("mixed precision over master weights", Micikevicius et al. 2018, 1710.03740); no scaling
     * of the loss is needed, for the range is that of fp32.
     */
    BF16
  }

  /** Orders of memory. */
  public enum Layout {
    /** torch's contiguous format: (N, C, H, W), the width fastest. */
    CHANNELS_FIRST,
    /** torch's channels_last: the channels fastest. */
    CHANNELS_LAST
  }

  /** What there is beside torch's own operations. */
  public enum Kernels {
    /** Nothing: what every libtorch has. */
    COMMON,
    /**
     * oneDNN's convolutions, which add another map and apply ReLU before a result leaves the
     * processor's cache ({@code mkldnn::_convolution_pointwise}); where libtorch is built with
     * oneDNN, on a CPU.
     */
    ONEDNN
  }

  /** How TorchScript writes a map in this layout and precision. */
  public String map(String x) {
    return precision == Precision.BF16 ? "torch.to(" + laid(x) + ", 15)" : laid(x);
  }

  /** How TorchScript writes a tensor of four axes in this layout. */
  public String laid(String x) {
    return layout == Layout.CHANNELS_LAST
        ? "torch.contiguous(" + x + ", memory_format=2)"
        : "torch.contiguous(" + x + ")";
  }

  /** How TorchScript writes a parameter: a weight of four dimensions takes the layout, too. */
  String parameter(String tensor, boolean kernel) {
    if (precision == Precision.FP32) {
      // libtorch itself brings a kernel into the order of the map.
      return tensor;
    }
    boolean last = kernel && layout == Layout.CHANNELS_LAST;
    return "torch.to(" + tensor + ", 15" + (last ? ", False, False, 2)" : ")");
  }
}
