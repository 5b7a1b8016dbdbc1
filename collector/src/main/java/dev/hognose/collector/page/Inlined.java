package dev.hognose.collector.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The scripts and styles that a page holds itself, the libraries with their licences.
 *
 * @param policy forbids every other script, and all that is asked for elsewhere
 */
record Inlined(List<String> scripts, List<String> styles, String policy) {

  /** Read from the class path. */
  static Inlined ofReport() {
    List<String> scripts =
        List.of(
            library("uplot"),
            library("d3-selection"),
            library("d3-flame-graph"),
            text("plots.js"),
            text("report.js"));
    List<String> styles =
        List.of(text("lib/uplot.css"), text("lib/d3-flame-graph.css"), text("page.css"));
    return new Inlined(scripts, styles, policy(scripts));
  }

  private static String library(String name) {
    String licence = text("lib/" + name + ".LICENSE").replace("*/", "* /");
    return "/*\n" + name + "\n\n" + licence + "*/\n" + text("lib/" + name + ".js");
  }

  private static String text(String name) {
    return new String(Assets.read(name), StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static String policy(List<String> scripts) {
    return scripts.stream()
        .map(Inlined::hash)
        .collect(
            Collectors.joining(
                " ",
                "default-src 'none'; script-src ",
                "; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"));
  }

  private static String hash(String script) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(sum) + "'";
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
