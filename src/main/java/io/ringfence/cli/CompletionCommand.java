package io.ringfence.cli;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Completion in a shell: the script that picocli makes, with what is true of this program. */
@Command(
    name = "generate-completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script that completes commands in bash and zsh.",
      "Options, models, scopes and variants, too. How to install it is said in the script."
    })
final class CompletionCommand implements Callable<Integer> {
  private static final String INTRODUCTION =
      """
      #!/usr/bin/env bash
      #
      # Completes ./ringfence in bash and zsh: commands, options, models, scopes and variants.
      #
      # For this shell alone (in zsh, too):
      #
      #   source <(./ringfence generate-completion)
      #
      # For every new one (zsh: ~/.zshrc):
      #
      #   ./ringfence generate-completion > ~/.ringfence-completion
      #   echo 'source ~/.ringfence-completion' >> ~/.bashrc
      #
      # The models are those of the manifest when this was written; write it again for new ones.
      """;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  CompletionCommand() {
    spec = CommandLine.Model.CommandSpec.create();
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash(spec.root().name(), spec.root().commandLine());
    // It begins with a comment that tells how to install some program that has a bin folder, and
    // whose references it speaks of later.
    String code =
        script
            .lines()
            .dropWhile(line -> line.startsWith("#"))
            .map(line -> line.replaceAll(" \\(see \\[\\d+\\]\\)", ""))
            .collect(Collectors.joining("\n", "", "\n"));
    spec.commandLine().getOut().print(INTRODUCTION + code);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
