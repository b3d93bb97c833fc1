package dev.glissade.internal.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The plain reference: one coordinate at a time, one gate at a time, as the equations are written.
/// Where cells are averaged, all coordinates take one layer at a time.
public final class ScalarLstmKernels implements LstmKernels {

  static final String NAME = "scalar";

  private final LstmShape shape;
  private final float[] weights; // [φ]

  /// Kernels with these weights φ, which are copied; [LstmKernels#create] chooses for you.
  public ScalarLstmKernels(LstmShape shape, float[] weights) {
    this.shape = shape;
    this.weights = weights.clone();
  }

  @Override
  public String implementationName() {
    return NAME;
  }

  @Override
  public void forward(float[] channels, LstmState state, float[] update) {
    int[] coordinates = IntStream.range(0, state.coordinates()).toArray();
    Memory[] memories = memories(cohort(coordinates));
    Step[] steps = steps(cohort(coordinates));
    for (int[] together : cohorts(coordinates)) {
      for (int i = 0; i < together.length; i++) {
        memories[i].read(state, together[i]);
      }
      forward(channels, together, memories, steps);
      for (int i = 0; i < together.length; i++) {
        update[together[i]] = output(steps[i].top);
        memories[i].write(state, together[i]);
      }
    }
  }

  @Override
  public void backward(
      List<LstmState> states,
      float[][] channels,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates,
      float[] weightGradient,
      @Nullable LstmState stateGradient,
      float @Nullable [] channelGradient) {
    int unroll = gradients.length - 1;
    Memory[] memories = memories(cohort(coordinates));
    Memory[] derivatives = memories(cohort(coordinates));
    Step[][] steps = new Step[unroll][];
    for (int t = 0; t < unroll; t++) {
      steps[t] = steps(cohort(coordinates));
    }
    for (int[] together : cohorts(coordinates)) {
      for (int i = 0; i < together.length; i++) {
        memories[i].read(states.getFirst(), together[i]);
        derivatives[i].clear();
        if (stateGradient != null) {
          derivatives[i].read(stateGradient, together[i]);
        }
      }
      for (int t = 0; t < unroll; t++) {
        forward(channels[t], together, memories, steps[t]);
      }
      float[] updateGradients = new float[together.length]; // λₜ, suffix sums
      for (int t = unroll - 1; t >= 0; t--) {
        for (int i = 0; i < together.length; i++) {
          updateGradients[i] += multipliers[t + 1] * gradients[t + 1][together[i]];
        }
        backward(steps[t], updateGradients, derivatives, weightGradient);
      }
      for (int i = 0; i < together.length; i++) {
        if (stateGradient != null) {
          derivatives[i].write(stateGradient, together[i]);
        }
        if (channelGradient != null) {
          inputsBackward(channels[0], together[i], derivatives[i].below, channelGradient);
        }
      }
    }
  }

  /// The number of coordinates that must be worked on together, layer by layer: one unless some of
  /// their cells are averaged.
  private int cohort(int[] coordinates) {
    return shape.globalCells() > 0 ? coordinates.length : 1;
  }

  private int[][] cohorts(int[] coordinates) {
    int size = cohort(coordinates);
    return IntStream.range(0, size == 0 ? 0 : coordinates.length / size)
        .mapToObj(i -> Arrays.copyOfRange(coordinates, i * size, (i + 1) * size))
        .toArray(int[][]::new);
  }

  private Memory[] memories(int count) {
    return Stream.generate(() -> new Memory(shape)).limit(count).toArray(Memory[]::new);
  }

  private Step[] steps(int count) {
    return Stream.generate(() -> new Step(shape)).limit(count).toArray(Step[]::new);
  }

  /// Makes one step of a cohort: moves its memories on, leaves its activations in `steps`.
  private void forward(float[] channels, int[] together, Memory[] memories, Step[] steps) {
    for (int i = 0; i < together.length; i++) {
      steps[i].top = inputs(channels, together[i]);
    }
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (int i = 0; i < together.length; i++) {
        forward(layer, memories[i], steps[i]);
      }
      average(layer, memories);
      for (int i = 0; i < together.length; i++) {
        steps[i].top = memories[i].hidden[layer].clone();
      }
    }
  }

  /// Makes one step of one layer, which sees what is on top so far.
  private void forward(int layer, Memory memory, Step step) {
    int h = shape.hidden();
    System.arraycopy(step.top, 0, step.input[layer], 0, step.top.length);
    System.arraycopy(memory.hidden[layer], 0, step.input[layer], step.top.length, h);
    System.arraycopy(memory.cell[layer], 0, step.cellBefore[layer], 0, h);
    gates(layer, step.input[layer], step.gates[layer]);
    for (int u = 0; u < h; u++) {
      float[] gates = step.gates[layer];
      float i = gates[u];
      float j = gates[h + u];
      float f = gates[2 * h + u];
      float o = gates[3 * h + u];
      float cell = f * memory.cell[layer][u] + i * j;
      float tanhCell = (float) Math.tanh(cell);
      memory.cell[layer][u] = cell;
      memory.hidden[layer][u] = o * tanhCell;
      step.tanhCell[layer][u] = tanhCell;
    }
  }

  /// Puts averages in the place of what the global cells of a layer give, or of the derivatives by
  /// that.
  private void average(int layer, Memory[] memories) {
    for (int u = 0; u < shape.globalCells(); u++) {
      double sum = 0;
      for (Memory memory : memories) {
        sum += memory.hidden[layer][u];
      }
      for (Memory memory : memories) {
        memory.hidden[layer][u] = (float) (sum / memories.length);
      }
    }
  }

  private float[] inputs(float[] channels, int coordinate) {
    float[] x = new float[shape.inputs()];
    int n = channels.length / shape.channels();
    int added = shape.inputs() - shape.channels();
    for (int c = 0; c < shape.channels(); c++) {
      x[c + added] = channels[c * n + coordinate];
    }
    if (shape.logSign() > 0) {
      Preprocess.forward(shape.logSign(), channels[coordinate], x);
    }
    return x;
  }

  private void inputsBackward(float[] channels, int coordinate, float[] dx, float[] derivative) {
    int n = channels.length / shape.channels();
    int added = shape.inputs() - shape.channels();
    for (int c = 0; c < shape.channels(); c++) {
      derivative[c * n + coordinate] = dx[c + added];
    }
    if (shape.logSign() > 0) {
      derivative[coordinate] =
          Preprocess.backward(shape.logSign(), channels[coordinate], dx[0], dx[1]);
    }
  }

  /// Computes the gates i, j, f, o, after their nonlinearities.
  private void gates(int layer, float[] input, float[] gates) {
    int h = shape.hidden();
    int bias = shape.biasOffset(layer);
    for (int row = 0; row < 4 * h; row++) {
      float z = weights[bias + row];
      int w = shape.weightsOffset(layer) + row * input.length;
      for (int k = 0; k < input.length; k++) {
        z += weights[w + k] * input[k];
      }
      gates[row] =
          switch (row / h) {
            case 1 -> (float) Math.tanh(z);
            case 2 -> sigmoid(z + 1); // the forget gate starts open
            default -> sigmoid(z);
          };
    }
  }

  private float output(float[] top) {
    int w = shape.weightsOffset(shape.layers());
    float g = weights[shape.biasOffset(shape.layers())];
    for (int k = 0; k < top.length; k++) {
      g += weights[w + k] * top[k];
    }
    return shape.outputScale() * g;
  }

  /// Goes back through one step of a cohort: takes `derivatives` from after the step to before it,
  /// and leaves those by the preprocessed inputs in `below`.
  private void backward(
      Step[] steps, float[] updateGradients, Memory[] derivatives, float[] weightGradient) {
    for (int i = 0; i < steps.length; i++) {
      outputBackward(steps[i].top, updateGradients[i], derivatives[i], weightGradient);
    }
    for (int layer = shape.layers() - 1; layer >= 0; layer--) {
      for (Memory derivative : derivatives) {
        derivative.addBelow(layer);
      }
      average(layer, derivatives);
      for (int i = 0; i < steps.length; i++) {
        float[] dz = gatesBackward(layer, steps[i], derivatives[i]);
        productBackward(layer, steps[i].input[layer], dz, derivatives[i], weightGradient);
      }
    }
  }

  private void outputBackward(
      float[] top, float updateGradient, Memory derivative, float[] weightGradient) {
    float scaled = shape.outputScale() * updateGradient;
    int w = shape.weightsOffset(shape.layers());
    derivative.below = new float[top.length];
    for (int k = 0; k < top.length; k++) {
      derivative.below[k] = scaled * weights[w + k];
      weightGradient[w + k] += scaled * top[k];
    }
    weightGradient[shape.biasOffset(shape.layers())] += scaled;
  }

  /// Goes back from the derivatives by h' and c' to that by z, `float[4H]`, and by c.
  private float[] gatesBackward(int layer, Step step, Memory derivative) {
    int h = shape.hidden();
    float[] gates = step.gates[layer];
    float[] dz = new float[4 * h];
    for (int u = 0; u < h; u++) {
      float i = gates[u];
      float j = gates[h + u];
      float f = gates[2 * h + u];
      float o = gates[3 * h + u];
      float tanhCell = step.tanhCell[layer][u];
      float dh = derivative.hidden[layer][u];
      float dc = derivative.cell[layer][u] + dh * o * (1 - tanhCell * tanhCell);
      dz[u] = dc * j * i * (1 - i);
      dz[h + u] = dc * i * (1 - j * j);
      dz[2 * h + u] = dc * step.cellBefore[layer][u] * f * (1 - f);
      dz[3 * h + u] = dh * tanhCell * o * (1 - o);
      derivative.cell[layer][u] = dc * f;
    }
    return dz;
  }

  /// Goes back from the derivative by z = W[x; h] + b to those by W, b, x and h.
  private void productBackward(
      int layer, float[] input, float[] dz, Memory derivative, float[] weightGradient) {
    int bias = shape.biasOffset(layer);
    float[] dInput = new float[input.length];
    for (int row = 0; row < dz.length; row++) {
      int w = shape.weightsOffset(layer) + row * input.length;
      for (int k = 0; k < input.length; k++) {
        dInput[k] += weights[w + k] * dz[row];
        weightGradient[w + k] += dz[row] * input[k];
      }
      weightGradient[bias + row] += dz[row];
    }
    int in = shape.inputsOf(layer);
    derivative.below = new float[in];
    System.arraycopy(dInput, 0, derivative.below, 0, in);
    System.arraycopy(dInput, in, derivative.hidden[layer], 0, shape.hidden());
  }

  private static float sigmoid(float z) {
    return (float) (1 / (1 + Math.exp(-z)));
  }

  /// What one coordinate remembers, or the derivative by it.
  private static final class Memory {

    final float[][] hidden; // [L][H]
    final float[][] cell; // [L][H]

    /// The derivative by the input of the layer that was passed last, `[H]` or `[I]`, where this is
    /// a derivative.
    float[] below = {};

    Memory(LstmShape shape) {
      hidden = new float[shape.layers()][shape.hidden()];
      cell = new float[shape.layers()][shape.hidden()];
    }

    void clear() {
      for (int layer = 0; layer < hidden.length; layer++) {
        Arrays.fill(hidden[layer], 0);
        Arrays.fill(cell[layer], 0);
      }
    }

    /// Adds what has come from above to the derivative by a layer's h'.
    void addBelow(int layer) {
      for (int u = 0; u < hidden[layer].length; u++) {
        hidden[layer][u] += below[u];
      }
    }

    void read(LstmState state, int coordinate) {
      for (int layer = 0; layer < hidden.length; layer++) {
        for (int u = 0; u < hidden[layer].length; u++) {
          hidden[layer][u] = state.values()[state.hiddenIndex(layer, u, coordinate)];
          cell[layer][u] = state.values()[state.cellIndex(layer, u, coordinate)];
        }
      }
    }

    void write(LstmState state, int coordinate) {
      for (int layer = 0; layer < hidden.length; layer++) {
        for (int u = 0; u < hidden[layer].length; u++) {
          state.values()[state.hiddenIndex(layer, u, coordinate)] = hidden[layer][u];
          state.values()[state.cellIndex(layer, u, coordinate)] = cell[layer][u];
        }
      }
    }
  }

  /// The activations of one step of one coordinate.
  private static final class Step {

    final float[][] input; // [L][in + H]: x and h
    final float[][] gates; // [L][4H]: i, j, f, o
    final float[][] cellBefore; // [L][H]: c
    final float[][] tanhCell; // [L][H]: tanh(c')
    float[] top = {}; // what the next layer sees, in the end the output: [H], [I] where L = 0

    Step(LstmShape shape) {
      int layers = shape.layers();
      int h = shape.hidden();
      input = new float[layers][];
      for (int layer = 0; layer < layers; layer++) {
        input[layer] = new float[shape.inputsOf(layer) + h];
      }
      gates = new float[layers][4 * h];
      cellBefore = new float[layers][h];
      tanhCell = new float[layers][h];
    }
  }
}
