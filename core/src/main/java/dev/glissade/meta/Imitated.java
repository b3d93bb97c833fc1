package dev.glissade.meta;

import dev.glissade.Optimizer;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Rule;

/// The optimizer whose updates an [Imitation] learns, as a value that can be written down.
public sealed interface Imitated {

  /// The teacher itself.
  Optimizer<?> optimizer();

  /// The teacher as a JSON object.
  JsonObject toJson();

  /// A hand-designed rule, with its rate.
  record HandDesigned(Rule rule) implements Imitated {
    @Override
    public Optimizer<?> optimizer() {
      return rule.optimizer();
    }

    @Override
    public JsonObject toJson() {
      return rule.toJson();
    }

    @Override
    public String toString() {
      return rule.toString();
    }
  }

  /// A learned optimizer that ships with Glissade: its name says which weights it has.
  record Learned(Pretrained pretrained) implements Imitated {

    private static final String KEY = "pretrained";
    private static final String PREFIX = KEY + ":";

    @Override
    public Optimizer<?> optimizer() {
      return pretrained.load().optimizer();
    }

    @Override
    public JsonObject toJson() {
      return JsonObject.empty().with(KEY, pretrained.label());
    }

    @Override
    public String toString() {
      return PREFIX + pretrained.label();
    }
  }

  /// Reads a teacher from the text that its `toString` gives: `adam=0.01`,
  /// `muon+cosine=0.01,steps=1000` or `pretrained:cifar`.
  ///
  /// @throws IllegalArgumentException if the text has another form, or there is no such optimizer
  static Imitated parse(String text) {
    return text.startsWith(Learned.PREFIX)
        ? new Learned(Pretrained.named(text.substring(Learned.PREFIX.length())))
        : new HandDesigned(Rule.parse(text));
  }

  /// Reads a teacher from what [#toJson] gave.
  ///
  /// @throws IllegalArgumentException if something is missing or out of range
  static Imitated fromJson(JsonObject json) {
    return json.has(Learned.KEY)
        ? new Learned(Pretrained.named(json.text(Learned.KEY)))
        : new HandDesigned(Rule.fromJson(json));
  }
}
