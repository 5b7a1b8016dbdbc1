package dev.hognose.profile;

import static dev.hognose.profile.Profiles.profile;
import static dev.hognose.profile.Profiles.stack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.profile.ProfileDifference.Change;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Stack;
import java.util.List;
import org.junit.jupiter.api.Test;

class HotCodeTest {

  @Test
  void ownTimeIsToldApartFromThatOfWhatIsCalled() {
    HotCode code = HotCode.of(profile(stack(30, "main", "view", "parse"), stack(10, "main")));

    assertThat(code.seen()).isEqualTo(40);
    assertThat(code.samples()).isEqualTo(40);
    assertThat(code.functions())
        .containsExactly(
            new HotPlace("shop.views:parse", 30, 30),
            new HotPlace("shop.views:main", 10, 40),
            new HotPlace("shop.views:view", 0, 30));
  }

  @Test
  void aFunctionThatCallsItselfCountsOnceAStack() {
    HotCode code = HotCode.of(profile(stack(7, "walk", "walk", "walk")));

    assertThat(code.functions()).containsExactly(new HotPlace("shop.views:walk", 7, 7));
  }

  @Test
  void linesOfOneFunctionAreToldApart() {
    Frame first = new Frame("/srv/shop/views.py", 10, "view");
    Frame second = new Frame("/srv/shop/views.py", 20, "view");
    HotCode code =
        HotCode.of(profile(new Stack(List.of(first), 5, ""), new Stack(List.of(second), 8, "")));

    assertThat(code.lines())
        .containsExactly(
            new HotPlace("/srv/shop/views.py:20 in view", 8, 8),
            new HotPlace("/srv/shop/views.py:10 in view", 5, 5));
    assertThat(code.functions()).containsExactly(new HotPlace("shop.views:view", 13, 13));
  }

  @Test
  void theTreeAddsUp() {
    FlameTree tree =
        FlameTree.of(
            profile(stack(30, "main", "view", "parse"), stack(10, "main"), stack(5, "main", "x")));

    assertThat(tree.name()).isEqualTo("orders");
    assertThat(tree.value()).isEqualTo(45);
    FlameTree main = tree.children().get(0).children().get(0);
    assertThat(main.name()).isEqualTo("shop.views:main");
    assertThat(main.value()).isEqualTo(45);
    assertThat(main.self()).isEqualTo(10);
    assertThat(main.children())
        .extracting(FlameTree::name)
        .containsExactly("shop.views:view", "shop.views:x");
  }

  @Test
  void threadsWithoutANameAreThreadsAndTheMostFrequentComesFirst() {
    Stack unnamed = new Stack(stack(1, "main").frames(), 30, "");
    FlameTree tree = FlameTree.of(profile(stack(10, "a"), stack(20, "b"), unnamed));

    assertThat(tree.children())
        .extracting(child -> child.name() + " " + child.value())
        .containsExactly("(thread) 30", "MainThread 30");
    assertThat(tree.children().get(1).children())
        .extracting(FlameTree::name)
        .containsExactly("shop.views:b", "shop.views:a");
  }

  /** Each stack of the other may be rarer. */
  @Test
  void aFunctionIsAsFrequentAsAllThatItCalls() {
    FlameTree tree = FlameTree.of(profile(stack(10, "a"), stack(8, "b", "x"), stack(7, "b", "y")));

    assertThat(tree.children().get(0).children())
        .extracting(child -> child.name() + " " + child.value())
        .containsExactly("shop.views:b 15", "shop.views:a 10");
  }

  @Test
  void theLargestChangeOfTheOwnShareComesFirstAndOfEqualOnesThatOfTheWhole() {
    ProfileDifference difference =
        ProfileDifference.between(
            profile(stack(32, "main", "a"), stack(16, "b"), stack(16, "main", "same")),
            profile(stack(16, "main", "a"), stack(16, "caller", "same"), stack(32, "b")));

    assertThat(difference.functions())
        .extracting(change -> change.function().substring("shop.views:".length()))
        .containsExactly("a", "b", "main", "caller");
    Change main = difference.functions().get(2);
    assertThat(main.self()).isZero();
    assertThat(main.total()).isEqualTo(-0.5);
    assertThat(difference.functions().get(0).self()).isEqualTo(-0.25);
  }

  @Test
  void theDifferenceIsOneOfSharesWithTheSamplesBehindThem() {
    ProfileDifference difference =
        ProfileDifference.between(
            profile(stack(80, "main", "view"), stack(20, "main", "parse")),
            profile(stack(100, "main", "view"), stack(300, "main", "parse")));

    assertThat(difference.before()).isEqualTo(new ProfileDifference.Taken(100, 100, 0));
    assertThat(difference.after()).isEqualTo(new ProfileDifference.Taken(400, 400, 0));
    assertThat(difference.functions())
        .containsExactly(
            new Change("shop.views:parse", 0.2, 0.75, 0.2, 0.75),
            new Change("shop.views:view", 0.8, 0.25, 0.8, 0.25));
  }

  @Test
  void nothingAgainstNothingDiffersInNothing() {
    ProfileDifference difference = ProfileDifference.between(profile(), profile());

    assertThat(difference.functions()).isEmpty();
    assertThat(difference.after().seen()).isZero();
  }
}
