package io.ringfence.verify;

/** Hears of the progress of a run. Called from several threads, one at a time. */
public interface VerifyListener {
  /** Ignores everything. */
  VerifyListener NONE =
      new VerifyListener() {
        @Override
        public void finished(String what, Verdict verdict, String message) {}

        @Override
        public void working(String what, Progress progress) {}
      };

  /** A claim or a conformance check is done. */
  void finished(String what, Verdict verdict, String message);

  /** A check goes on. */
  void working(String what, Progress progress);

  /** So many claims and conformance checks will be done in all. */
  default void planned(int checks) {}
}
