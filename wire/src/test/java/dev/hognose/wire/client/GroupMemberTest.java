package dev.hognose.wire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.settings.SettingException;
import dev.hognose.wire.client.GroupMember.Parting;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupMemberTest {

  private static final Optional<String> PLACE = Optional.of("web-1-9465-ab12");

  @Test
  void isKnownByItsPlaceAndLeavesWhenItStops() {
    GroupMember member = GroupMember.of(Map.of("client.id", "mine"), PLACE);

    assertThat(member).isEqualTo(new GroupMember(PLACE, Parting.LEAVES));
    assertThat(member.in(Map.of("client.id", "mine")))
        .isEqualTo(Map.of("client.id", "mine", "group.instance.id", "web-1-9465-ab12"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group.instance.id",
        "consumer.group.instance.id",
        "main.consumer.group.instance.id"
      })
  void nameOfTheOperatorWinsAndIsExpectedBack(String property) {
    Map<String, String> kafka = Map.of(property, "streams-0");
    GroupMember member = GroupMember.of(kafka, PLACE);

    assertThat(member)
        .isEqualTo(new GroupMember(Optional.of("streams-0"), Parting.IS_EXPECTED_BACK));
    assertThat(member.in(kafka)).isEqualTo(Map.of("group.instance.id", "streams-0"));
  }

  @Test
  void emptyNameMeansNone() {
    Map<String, String> kafka = Map.of("group.instance.id", "");

    assertThat(GroupMember.of(kafka, PLACE)).isEqualTo(GroupMember.NAMELESS);
    assertThat(GroupMember.NAMELESS.in(kafka)).isEmpty();
  }

  @Test
  void withoutAPlaceThereIsNoName() {
    assertThat(GroupMember.of(Map.of(), Optional.empty())).isEqualTo(GroupMember.NAMELESS);
  }

  @Test
  void kafkasNewerProtocolOfStreamsKnowsNoNames() {
    assertThat(GroupMember.of(Map.of("group.protocol", "streams"), PLACE))
        .isEqualTo(GroupMember.NAMELESS);
    assertThat(GroupMember.of(Map.of("group.protocol", "classic"), PLACE).name()).isEqualTo(PLACE);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a b", "a/b", "höst", "a\nb"})
  void nameThatKafkaDoesNotTakeIsRefused(String name) {
    assertThatThrownBy(() -> GroupMember.of(Map.of("group.instance.id", name), PLACE))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "HOGNOSE_KAFKA_GROUP_INSTANCE_ID="
                + name
                + ": expected 1 to 200 letters, digits, dots, underscores and hyphens,"
                + " or nothing for no name");
  }

  @Test
  void whoHasTheNameOfAnotherIsToldWhichSettingItIs() {
    GroupMember member = GroupMember.of(Map.of(), PLACE);
    Throwable fenced = new KafkaException("poll", new FencedInstanceIdException("fenced"));

    assertThat(member.takenSentence(fenced))
        .contains(
            "another instance of the group has the name web-1-9465-ab12 now: expected"
                + " HOGNOSE_KAFKA_GROUP_INSTANCE_ID with a name that this one alone has,"
                + " or empty for no name");
    assertThat(member.takenSentence(new UnknownMemberIdException("gone"))).isEmpty();
  }
}
