package dev.hognose.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One module, whatever release, environment or machine its file lies in. */
class ModuleNameTest {

  @ParameterizedTest
  @CsvSource({
    "/srv/shop/views.py, shop.views",
    "/app/shop/views.py, shop.views",
    "/app/views.py, views",
    "shop/views.py, shop.views",
    "./shop/views.py, shop.views",
    "views.py, views",
    "/srv/releases/20261120/shop/views.py, shop.views",
    "/srv/releases/v12/shop/views.py, shop.views",
    "/srv/releases/current_one/shop/views.py, shop.views",
    "/srv/current/shop/views.py, shop.views",
    "/srv/shop_20261120/shop/views.py, shop.views",
    "/srv/shop-1.4.2/shop/views.py, shop.views",
    "/srv/shop_1_4_2/shop/views.py, shop.views",
    "/srv/4f2a9bc/shop/views.py, shop.views",
    "/opt/pex/4f2a9bc77d01e5/shop/views.py, shop.views",
    "/home/alice/shop/views.py, shop.views",
    "/Users/bob/src/shop/views.py, shop.views",
    "C:\\srv\\shop\\views.py, shop.views",
    "/usr/lib/python3.11/json/decoder.py, json.decoder",
    "/usr/lib/python3/dist-packages/yaml/reader.py, yaml.reader",
    "/srv/venv/lib/python3.11/site-packages/shop/views.py, shop.views",
    "/home/a/.virtualenvs/shop_py/lib/python3.12/site-packages/shop/views.py, shop.views",
    "/srv/shop/__init__.py, shop",
    "/srv/orders/api/v1/views.py, orders.api.v1.views",
    "/srv/carts/api/v1/views.py, carts.api.v1.views",
    "/app/shop/orders/api/v1/views.py, orders.api.v1.views",
    "/srv/app.pyz/shop/views.py, shop.views",
    "<string>, <string>",
    "<frozen runpy>, <frozen runpy>",
    "/srv/1234/main.py, main",
    "/usr/local/bin/worker, bin.worker",
  })
  void theModuleIsWhatIsNotTheInstallation(String file, String module) {
    assertThat(ModuleName.of(file)).isEqualTo(module);
  }

  @Test
  void strangeNamesStayShortAndLegible() {
    assertThat(ModuleName.of("/srv/" + "x".repeat(10_000) + "/" + "y".repeat(10_000) + ".py"))
        .hasSizeLessThanOrEqualTo(200);
    assertThat(ModuleName.of("/srv/shop/vi\n\u001b[2Jews.py").chars())
        .noneMatch(Character::isISOControl);
    assertThat(ModuleName.of("")).isEmpty();
    assertThat(ModuleName.of("////")).isEmpty();
    assertThat(ModuleName.of("/srv/shop/.py")).isEqualTo("shop.");
  }
}
