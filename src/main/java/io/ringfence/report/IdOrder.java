package io.ringfence.report;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order in which a person expects ids: R-20 before R-100. */
final class IdOrder implements Comparator<String> {
  static final IdOrder INSTANCE = new IdOrder();

  private static final Pattern PIECE = Pattern.compile("\\d+|\\D+");

  private IdOrder() {}

  @Override
  public int compare(String one, String other) {
    Matcher a = PIECE.matcher(one);
    Matcher b = PIECE.matcher(other);
    while (a.find()) {
      if (!b.find()) {
        return 1;
      }
      int order = comparePieces(a.group(), b.group());
      if (order != 0) {
        return order;
      }
    }
    return b.find() ? -1 : one.compareTo(other);
  }

  private static int comparePieces(String one, String other) {
    boolean numbers = Character.isDigit(one.charAt(0)) && Character.isDigit(other.charAt(0));
    String a = numbers ? one.replaceFirst("^0+", "") : one;
    String b = numbers ? other.replaceFirst("^0+", "") : other;
    return numbers && a.length() != b.length()
        ? Integer.compare(a.length(), b.length())
        : a.compareTo(b);
  }
}
