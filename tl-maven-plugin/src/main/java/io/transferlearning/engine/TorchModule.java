package io.transferlearning.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * A TorchScript module in libtorch, and calls of its methods. Tensors that a call makes live until
 * the surrounding {@link Scope} is closed. Not thread-safe, but several modules may be called at
 * the same time, each by a thread.
 */
public final class TorchModule implements AutoCloseable {
  private final Model model;
  private final PtSymbolBlock block;
  private final NDManager host;

  private TorchModule(Model model) {
    this.model = model;
    this.block = (PtSymbolBlock) model.getBlock();
    this.host = model.getNDManager().newSubManager(Device.cpu());
  }

  /**
   * Loads an archive whose parameters can be trained.
   *
   * @param archive a TorchScript file
   * @param device where it and its inputs live
   */
  static TorchModule load(Path archive, Device device) {
    Model model = Model.newInstance("module", device, "PyTorch");
    try {
      // A path, not a stream: DJL ignores short reads of streams. Without trainParam the parameters
      // would be inference
      // tensors, which can never be trained.
      model.load(archive, null, Map.of("trainParam", "true"));
      return new TorchModule(model);
    } catch (IOException e) {
      model.close();
      throw new UncheckedIOException(e);
    } catch (MalformedModelException e) {
      model.close();
      throw new IllegalStateException("libtorch cannot read " + archive, e);
    } catch (EngineException e) {
      // An operation that this libtorch lacks, or memory that does not suffice.
      model.close();
      throw e;
    }
  }

  /** The tensors of some calls; closing it frees them. */
  public static final class Scope implements AutoCloseable {
    private final NDManager manager;
    private final NDManager host;

    private Scope(NDManager manager) {
      this.manager = manager;
      this.host = manager.newSubManager(Device.cpu());
    }

    /** Unsigned bytes, copied to the device. */
    public NDArray bytes(ByteBuffer values, long... shape) {
      return create(values, new Shape(shape), DataType.UINT8);
    }

    /** 32-bit floats, copied to the device. */
    public NDArray floats(ByteBuffer values, long... shape) {
      return create(values, new Shape(shape), DataType.FLOAT32);
    }

    /** 32-bit floats, copied to the device. */
    public NDArray floats(float[] values, long... shape) {
      return manager.create(values, new Shape(shape));
    }

    /** 64-bit integers of one dimension, copied to the device. */
    public NDArray integers(long... values) {
      return manager.create(values);
    }

    /** 64-bit floats of one dimension, copied to the device. */
    public NDArray doubles(double... values) {
      return manager.create(values);
    }

    /**
     * 64-bit floats of one dimension, on the host: what methods read as numbers. Of one on a GPU
     * they would have to wait until everything before it is computed.
     */
    public NDArray numbers(double... values) {
      return host.create(values);
    }

    /** Moves a result of a call here: it lives until this scope is closed. */
    public NDArray keep(NDArray result) {
      result.attach(manager);
      return result;
    }

    /**
     * What another module's call gave, on this device: itself where that is the same, else a copy.
     */
    public NDArray here(NDArray result) {
      NDArray here = result.toDevice(manager.getDevice(), false);
      return here == result ? result : keep(here);
    }

    private NDArray create(Buffer values, Shape shape, DataType type) {
      return manager.create(values, shape, type);
    }

    @Override
    public void close() {
      manager.close();
    }
  }

  /** Opens a scope for inputs and results. */
  public Scope scope() {
    return new Scope(model.getNDManager().newSubManager());
  }

  /** Calls a method without recording gradients. */
  public NDList call(String method, NDArray... arguments) {
    return run(method, false, arguments);
  }

  /** Calls a method that differentiates inside. */
  public NDList callWithGradients(String method, NDArray... arguments) {
    return run(method, true, arguments);
  }

  private NDList run(String method, boolean gradients, NDArray... arguments) {
    NDList inputs = new NDList(arguments);
    // DJL's convention: an array of this name chooses the method and is not passed to it.
    NDArray choice = host.create(0);
    choice.setName("module_method:" + method);
    inputs.add(choice);
    // Both belong to the thread. Compiling specialised graphs costs seconds at every new batch size
    // and made steps slower, not faster.
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setGradMode(gradients);
    try {
      return IValueUtils.forward(block, inputs, true);
    } catch (EngineException e) {
      throw OutOfTensorMemory.of(e);
    } finally {
      JniUtils.setGradMode(false);
      choice.close();
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
