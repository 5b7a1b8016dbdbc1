package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a service, and what its processes show it, comes back. */
class ServicePackingTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void anyHistoryOfAServiceComesBack(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      TreeMap<String, Place> places = new TreeMap<>();
      List<PastLife> past = new ArrayList<>();
      for (int left = random.nextInt(6); left > 0; left--) {
        places.put("web-" + random.nextInt(), RandomLives.place(random));
        past.add(
            new PastLife(
                random.nextLong(),
                random.nextLong(),
                RandomLives.rest(random),
                RandomLives.rest(random),
                RandomFigures.text(random)));
      }
      ServiceHistory history = new ServiceHistory(random.nextLong(), places, past);

      ServiceHistory back = ServiceHistory.unpack(history.pack());

      assertThat(back.stretch()).isEqualTo(history.stretch());
      assertThat(back.places()).isEqualTo(history.places());
      assertThat(back.past()).isEqualTo(history.past());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void anyObservationComesBack(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      List<Candidate> rising = new ArrayList<>();
      for (int left = random.nextInt(8); left > 0; left--) {
        rising.add(RandomFigures.candidate(random));
      }
      LifeObservation shown =
          new LifeObservation(
              "web-" + RandomFigures.text(random),
              random.nextLong(),
              random.nextLong(),
              random.nextBoolean(),
              random.nextInt(),
              random.nextInt(),
              rising,
              RandomFigures.text(random),
              random.nextLong(),
              Optional.of(random)
                  .filter(Random::nextBoolean)
                  .map(each -> new OwnLeak(RandomFigures.time(each), RandomFigures.growth(each))));

      assertThat(LifeObservation.unpack(shown.pack())).isEqualTo(shown);
    }
  }
}
