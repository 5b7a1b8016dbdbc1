package dev.hognose.wire.sample;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import dev.hognose.sample.Sample;
import dev.hognose.v1.Histogram;
import dev.hognose.wire.part.ProcessCodec;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A sample in the words that people read, those of hognose.v1.
 *
 * <p>They follow from those of hognose.v2, so that a new figure is named in two contracts and
 * written once: what is there in microseconds is here in seconds, what is there in a part stands
 * here in the sample itself, and what is left out there is said here.
 */
public final class SampleInWords {

  private static final Pattern MICROS = Pattern.compile("_us(?=_total$|$)");
  private static final String MICROCORES = "microcores";
  private static final double MILLION = 1e6;

  private SampleInWords() {}

  public static dev.hognose.v1.Sample of(Sample sample) {
    dev.hognose.v1.Sample.Builder words =
        dev.hognose.v1.Sample.newBuilder().setProcess(ProcessCodec.write(sample.process()));
    say(SampleWriting.message(sample), words);
    return words.build();
  }

  private static void say(MessageOrBuilder message, Message.Builder words) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      FieldDescriptor word = words.getDescriptorForType().findFieldByName(word(field.getName()));
      if (word == null) {
        sayPart(field, message, words);
      } else if (field.isRepeated()) {
        sayAll(word, (List<?>) message.getField(field), words);
      } else if (!field.hasPresence() || message.hasField(field)) {
        words.setField(word, value(word, message.getField(field), words));
      } else if (field.getJavaType() == FieldDescriptor.JavaType.STRING) {
        words.setField(word, understood(field));
      }
    }
  }

  private static String word(String name) {
    return MICROS.matcher(name).replaceFirst("_seconds").replace(MICROCORES, "cores");
  }

  /** Of what has no word of its own, only a part says anything; the other is the form's number. */
  private static void sayPart(FieldDescriptor field, MessageOrBuilder from, Message.Builder words) {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      say((Message) from.getField(field), words);
    }
  }

  private static void sayAll(FieldDescriptor word, List<?> values, Message.Builder words) {
    if (word.isRepeated()) {
      values.forEach(each -> words.addRepeatedField(word, value(word, each, words)));
    } else if (!values.isEmpty()) {
      words.setField(word, histogram(values));
    }
  }

  private static Object value(FieldDescriptor word, Object value, Message.Builder words) {
    return switch (word.getJavaType()) {
      case DOUBLE -> (Long) value / MILLION;
      case MESSAGE -> {
        Message.Builder one = words.newBuilderForField(word);
        say((Message) value, one);
        yield one.build();
      }
      default -> value;
    };
  }

  /** The sum in microseconds, then the counts. */
  private static Histogram histogram(List<?> numbers) {
    Histogram.Builder words = Histogram.newBuilder().setSumSeconds((Long) numbers.get(0) / MILLION);
    numbers.stream().skip(1).forEach(count -> words.addCounts((Long) count));
    return words.build();
  }

  private static String understood(FieldDescriptor field) {
    return field.getName().equals("kind") ? LoopReading.ASYNCIO : LoopReading.MAIN_THREAD;
  }
}
