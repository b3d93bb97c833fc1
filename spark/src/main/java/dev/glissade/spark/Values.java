package dev.glissade.spark;

import dev.glissade.Problem;
import dev.glissade.cluster.ClusterException;
import dev.glissade.cluster.ProblemFinder;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.problem.Mixture;
import dev.glissade.problem.RandomlyScaled;
import dev.glissade.problem.WithConvexPart;
import dev.glissade.training.TrainingProblem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Values as bytes, by Java's serialization with stand-ins for what is not serializable.
///
/// Every record travels by its components and is made again by its constructor, with the checks
/// there: so jobs, optimizers, architectures and estimators need not know that they travel. A
/// problem goes by its name, unless it is made of problems, and a baseline as well. What has
/// neither a stand-in nor is `Serializable` is refused by the name of its class.
///
/// Driver and executors run the same code, and read what the other has written a moment ago. That
/// is why a format that lasts is not needed, and JSON for every type not worth its code.
final class Values {

  private Values() {}

  /// A record by its components.
  @SuppressWarnings("ArrayRecordComponent") // never changed
  private record RecordStandIn(Class<?> type, @Nullable Object[] components)
      implements Serializable {

    static RecordStandIn of(Record value) {
      RecordComponent[] components = value.getClass().getRecordComponents();
      @Nullable Object[] values = new @Nullable Object[components.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = component(components[i], value);
      }
      return new RecordStandIn(value.getClass(), values);
    }

    private static @Nullable Object component(RecordComponent component, Record value) {
      try {
        component.getAccessor().setAccessible(true);
        return component.getAccessor().invoke(value);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    Object value() {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      try {
        var constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(components);
      } catch (InvocationTargetException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// A problem by its name.
  private record NamedProblem(String name) implements Serializable {}

  /// A baseline by its name.
  private record NamedBaseline(String name) implements Serializable {}

  /// An `Optional`.
  private record Perhaps(@Nullable Object value) implements Serializable {}

  /// What goes in place of an object, or the object itself.
  private static Object standIn(Object object) {
    return switch (object) {
      case Serializable _ -> object;
      case Mixture parts -> RecordStandIn.of(parts);
      case RandomlyScaled part -> RecordStandIn.of(part);
      case WithConvexPart part -> RecordStandIn.of(part);
      case TrainingProblem part -> RecordStandIn.of(part);
      case Problem problem -> new NamedProblem(problem.name());
      case Baseline baseline -> new NamedBaseline(baseline.name());
      case Optional<?> perhaps -> new Perhaps(perhaps.orElse(null));
      case List<?> view -> new ArrayList<>(view); // such as a reversed one
      case Record value -> RecordStandIn.of(value);
      default -> object;
    };
  }

  /// Writes with stand-ins.
  private static final class Writer extends ObjectOutputStream {
    Writer(OutputStream out) throws IOException {
      super(out);
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) {
      return standIn(object);
    }
  }

  /// Reads with the values in place of their stand-ins.
  private static final class Reader extends ObjectInputStream {
    private final ProblemFinder finder;

    Reader(InputStream in, ProblemFinder finder) throws IOException {
      super(in);
      this.finder = finder;
      enableResolveObject(true);
    }

    @Override
    protected Object resolveObject(Object object) {
      return switch (object) {
        case NamedProblem(String name) -> finder.find(name);
        case NamedBaseline(String name) -> Baselines.find(name);
        case Perhaps(var value) -> Optional.ofNullable(value);
        case RecordStandIn record -> record.value();
        default -> object;
      };
    }

    /// Finds classes where this one is found, and those of the user's where the thread finds them.
    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(description.getName(), false, Values.class.getClassLoader());
      } catch (ClassNotFoundException _) {
        return super.resolveClass(description);
      }
    }
  }

  /// Writes a value, or an exception.
  ///
  /// @throws ClusterException if something in it cannot travel
  static byte[] write(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new Writer(bytes)) {
      out.writeObject(value);
    } catch (NotSerializableException e) {
      throw new ClusterException(
          "%s cannot travel to a cluster: make it a record of values, or Serializable"
              .formatted(e.getMessage()),
          e);
    } catch (IOException e) {
      throw new ClusterException("cannot be written for a cluster: " + value, e);
    }
    return bytes.toByteArray();
  }

  /// Reads a value without problems in it.
  static Object read(byte[] bytes) {
    return read(
        bytes,
        name -> {
          throw new IllegalStateException("results hold no problems, got " + name);
        });
  }

  /// Reads a value.
  static Object read(byte[] bytes, ProblemFinder finder) {
    try (ObjectInputStream in = new Reader(new ByteArrayInputStream(bytes), finder)) {
      return in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new ClusterException("what another machine wrote cannot be read: " + e, e);
    }
  }
}
