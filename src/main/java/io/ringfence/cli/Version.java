package io.ringfence.cli;

import io.ringfence.tlc.TlcTools;
import io.ringfence.verify.RunRecorder;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws Exception {
    return new String[] {
      "ringfence " + RunRecorder.version(),
      "TLC " + TlcTools.onClassPath().version(),
      "Java " + System.getProperty("java.version")
    };
  }
}
