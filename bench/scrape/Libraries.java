import io.javalin.http.Handler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The same series as gauges of others. */
final class Libraries {

  private Libraries() {}

  static Handler micrometer(List<Series> all) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    for (Series series : all) {
      List<Tag> tags = new ArrayList<>();
      List<String> labels = series.pairs();
      for (int i = 0; i < labels.size(); i += 2) {
        tags.add(Tag.of(labels.get(i), labels.get(i + 1)));
      }
      double[] cell = {series.value()};
      Gauge.builder(series.gaugeName(), () -> cell[0]).tags(tags).register(registry);
    }
    return context -> {
      context.contentType("text/plain; version=0.0.4; charset=utf-8");
      registry.scrape(context.outputStream(), "text/plain; version=0.0.4; charset=utf-8");
    };
  }

  static Handler clientJava(List<Series> all) {
    PrometheusRegistry registry = new PrometheusRegistry();
    Map<String, io.prometheus.metrics.core.metrics.Gauge> gauges = new TreeMap<>();
    for (Series series : all) {
      List<String> labels = series.pairs();
      String[] names = new String[labels.size() / 2];
      String[] values = new String[names.length];
      for (int i = 0; i < names.length; i++) {
        names[i] = labels.get(2 * i);
        values[i] = labels.get(2 * i + 1);
      }
      gauges
          .computeIfAbsent(
              series.gaugeName(),
              name ->
                  io.prometheus.metrics.core.metrics.Gauge.builder()
                      .name(name)
                      .labelNames(names)
                      .withoutExemplars()
                      .register(registry))
          .labelValues(values)
          .set(series.value());
    }
    ExpositionFormatWriter format = ExpositionFormats.init().getPrometheusTextFormatWriter();
    return context -> {
      context.contentType(format.getContentType());
      format.write(context.outputStream(), registry.scrape());
    };
  }
}
