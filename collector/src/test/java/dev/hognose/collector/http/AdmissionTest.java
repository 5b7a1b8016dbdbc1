package dev.hognose.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.settings.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

  private static final String TOKEN = "0123456789abcdef";

  @TempDir private Path folder;

  @Test
  void withoutAnyListEverybodyIsLetIn() {
    Admission admission = Admission.of(HttpSettings.open("127.0.0.1", 0));

    assertThat(admission.admits(Optional.empty())).isTrue();
    assertThat(admission.admits(Optional.of("Bearer nonsense"))).isTrue();
  }

  @Test
  void whoeverIsListedIsLetIn() throws Exception {
    Admission admission = admission("ann:pass:word\n\nbert:hunter2 \n", TOKEN + "\n");

    assertThat(admission.admits(basic("ann:pass:word"))).isTrue();
    assertThat(admission.admits(basic("bert:hunter2 "))).isTrue();
    assertThat(admission.admits(Optional.of("bearer " + TOKEN))).isTrue();
    assertThat(admission.admits(Optional.of("BEARER " + TOKEN + " "))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Basic",
        "Basic ",
        "Basic !!!!",
        "Basic YW5uOg==",
        "Bearer",
        "Bearer 0123456789abcde",
        "Bearer 0123456789abcdef0",
        "Bearer  0123456789abcdef",
        "Bearer 0123456789ABCDEF",
        "basic 0123456789abcdef",
        "Digest username=ann"
      })
  void nobodyElseIs(String authorization) throws Exception {
    Admission admission = admission("ann:word\n", TOKEN + "\n");

    assertThat(admission.admits(Optional.of(authorization))).isFalse();
    assertThat(admission.admits(Optional.empty())).isFalse();
    assertThat(admission.admits(basic("ann:wor"))).isFalse();
    assertThat(admission.admits(basic("Ann:word"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "USERS, ann, line 1: expected NAME:PASSWORD",
    "USERS, ann:, line 1: expected NAME:PASSWORD",
    "USERS, :word, line 1: expected NAME:PASSWORD",
    "USERS, '', 'is empty, nobody could come in'",
    "TOKENS, short, 'line 1: expected a token of at least 16 letters, digits and signs without"
        + " spaces'",
    "TOKENS, 0123456789 abcdef, 'line 1: expected a token of at least 16 letters, digits and signs"
        + " without spaces'",
  })
  void badLineIsNamedByItsNumberAlone(String setting, String line, String complaint)
      throws Exception {
    Path file = Files.writeString(folder.resolve("list"), line);
    Optional<Path> users = setting.equals("USERS") ? Optional.of(file) : Optional.empty();
    Optional<Path> tokens = setting.equals("TOKENS") ? Optional.of(file) : Optional.empty();
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1", 0, Optional.empty(), Optional.empty(), users, tokens, Set.of(), Set.of());

    assertThatThrownBy(() -> Admission.of(settings))
        .isInstanceOf(SettingException.class)
        .hasMessage("HOGNOSE_HTTP_" + setting + "=" + file + ": " + complaint);
  }

  @Test
  void missingFileIsNamed() {
    Path missing = folder.resolve("missing");
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.of(missing),
            Optional.empty(),
            Set.of(),
            Set.of());

    assertThatThrownBy(() -> Admission.of(settings))
        .hasMessage("HOGNOSE_HTTP_USERS=" + missing + ": expected a file of text that can be read");
  }

  private Admission admission(String users, String tokens) throws Exception {
    return Admission.of(
        new HttpSettings(
            "127.0.0.1",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.of(Files.writeString(folder.resolve("users"), users)),
            Optional.of(Files.writeString(folder.resolve("tokens"), tokens)),
            Set.of(),
            Set.of()));
  }

  private static Optional<String> basic(String user) {
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
  }
}
