package dev.hognose.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.alert.Alert;
import dev.hognose.app.console.FailureException;
import dev.hognose.sample.Frame;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static final String PLAN =
      """
      {
        "processes": [
          {
            "service": "catalog",
            "faults": ["growing_list"],
            "argv": ["-m", "shop", "--port", "0"],
            "environment": {"HOGNOSE_MEMORY_LIMIT": "268435456"},
            "load_argv": ["-m", "shop.load", "--target", "{target}"]
          }
        ],
        "alerts": [
          {
            "fault": "growing_list",
            "service": "catalog",
            "kind": "memory_leak",
            "cause": "",
            "culprit": {"file": "/shop/carts.py", "line": 23, "function": "cart"},
            "retention": "shop.carts.CARTS",
            "twin": "bounded_cache",
            "twin_service": "catalog-fixed"
          }
        ]
      }
      """;

  @Test
  void saysWhatToStartAndWhatMustBeFound() {
    Plan plan = Plan.parse(PLAN);

    Plan.Service catalog = plan.services().get(0);
    assertThat(catalog.name()).isEqualTo("catalog");
    assertThat(catalog.arguments()).containsExactly("-m", "shop", "--port", "0");
    assertThat(catalog.environment()).isEqualTo(Map.of("HOGNOSE_MEMORY_LIMIT", "268435456"));
    assertThat(catalog.loadFor("http://127.0.0.1:8000"))
        .containsExactly("-m", "shop.load", "--target", "http://127.0.0.1:8000");
    assertThat(plan.faults())
        .containsExactly(
            new PlantedFault(
                "growing_list",
                "catalog",
                Alert.Kind.MEMORY_LEAK,
                "",
                new Frame("/shop/carts.py", 23, "cart"),
                "bounded_cache",
                "catalog-fixed"));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> Plan.parse(PLAN.replace("\"twin\"", "\"sibling\"")))
        .isInstanceOf(FailureException.class)
        .hasMessageStartingWith("plan of the demonstration: twin: expected in {\"fault\":");
  }

  @Test
  void unknownKindIsNamed() {
    assertThatThrownBy(() -> Plan.parse(PLAN.replace("memory_leak", "disk_full")))
        .hasMessage("plan of the demonstration: kind=disk_full: expected a kind of alert");
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThatThrownBy(() -> Plan.parse("Traceback (most recent call last)"))
        .hasMessage("plan of the demonstration: expected JSON");
  }
}
