package dev.glissade.training;

/// Two listeners as one.
record BothListeners(TrainingListener first, TrainingListener second) implements TrainingListener {

  @Override
  public void begun(long done) {
    first.begun(done);
    second.begun(done);
  }

  @Override
  public void stepping(int step, int of) {
    first.stepping(step, of);
    second.stepping(step, of);
  }

  @Override
  public void episode(TrainingMetrics metrics) {
    first.episode(metrics);
    second.episode(metrics);
  }

  @Override
  public void validating(double done, int of) {
    first.validating(done, of);
    second.validating(done, of);
  }

  @Override
  public void validated(TrainingMetrics metrics) {
    first.validated(metrics);
    second.validated(metrics);
  }

  @Override
  public void rewound(long episode, long best, int times) {
    first.rewound(episode, best, times);
    second.rewound(episode, best, times);
  }
}
