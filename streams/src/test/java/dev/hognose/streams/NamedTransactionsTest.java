package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.wire.client.GroupMember;
import dev.hognose.wire.client.GroupMember.Parting;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamedTransactionsTest {

  private static final Map<String, Object> DRAWN =
      Map.of(
          "transactional.id",
          "hognose-streams-7f6d4b1e-2f43-4f6c-9a51-0d3f7c1f0a52-3",
          "linger.ms",
          "100");

  @Test
  void transactionsOfAThreadAreCalledAfterThePlace() {
    GroupMember member = new GroupMember(Optional.of("web-1-9465-ab12"), Parting.LEAVES);

    assertThat(new NamedTransactions("hognose-streams", member).properties(DRAWN))
        .containsEntry("transactional.id", "hognose-streams-web-1-9465-ab12-3")
        .containsEntry("linger.ms", "100");
  }

  @Test
  void withoutAPlaceTheyHaveTheNameOfKafkaStreams() {
    assertThat(new NamedTransactions("hognose-streams", GroupMember.NAMELESS).properties(DRAWN))
        .isEqualTo(DRAWN);
    GroupMember given = new GroupMember(Optional.of("streams-0"), Parting.IS_EXPECTED_BACK);
    assertThat(new NamedTransactions("hognose-streams", given).properties(DRAWN)).isEqualTo(DRAWN);
  }

  @Test
  void aProducerWithoutTransactionsHasNone() {
    GroupMember member = new GroupMember(Optional.of("web-1"), Parting.LEAVES);

    assertThat(new NamedTransactions("hognose-streams", member).properties(Map.of()))
        .isEqualTo(Map.of());
  }
}
