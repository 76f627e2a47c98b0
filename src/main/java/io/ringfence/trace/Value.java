package io.ringfence.trace;

/**
 * A value of TLA+, immutable and canonical.
 *
 * <p>In TLA+ a sequence is a function with domain {@code 1..n}, a record is a function whose domain
 * is a set of strings, and the function with the empty domain is {@code <<>>}. Each of those values
 * has one Java form only, which {@link Values#function} chooses; hence {@code equals} is equality
 * in TLA+. Model values are strings, as ITF has no form of their own for them.
 *
 * <p>{@code toString} gives TLA+ syntax that {@link ValueParser} reads back. The order is total,
 * consistent with {@code equals}, and without meaning in TLA+: it serves stable output.
 */
public sealed interface Value extends Comparable<Value>
    permits BoolValue,
        IntValue,
        StringValue,
        UnserializableValue,
        SetValue,
        SeqValue,
        RecordValue,
        FunctionValue {

  /** Compare by kind first, then by content. */
  @Override
  default int compareTo(Value other) {
    return ValueOrder.compare(this, other);
  }
}
