package dev.hognose.collector.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.collector.history.PastProfile;
import dev.hognose.collector.history.ProfileQuery;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/** Hot code of a service in a window, and how two windows or versions differ. */
final class ProfileRoutes {

  private static final String AGAINST = "against_";

  private final Function<ProfileQuery, PastProfile> past;
  private final InstantSource clock;

  ProfileRoutes(Function<ProfileQuery, PastProfile> past, InstantSource clock) {
    this.past = past;
    this.clock = clock;
  }

  void profile(Context context) {
    Query query = new Query(context.queryParamMap(), "service", "version", "from", "to");
    ProfileQuery wanted = wanted(query, "");
    ApiRoutes.answer(context, ProfileJson.of(wanted, past.apply(wanted)));
  }

  /** The window against another one, which was before it, or has another version. */
  void difference(Context context) {
    Query query =
        new Query(
            context.queryParamMap(),
            "service",
            "version",
            "from",
            "to",
            "against_version",
            "against_from",
            "against_to");
    ProfileQuery wanted = wanted(query, "");
    ProfileQuery against = wanted(query, AGAINST);
    if (wanted.equals(against)) {
      throw new BadQueryException(
          "against_from, against_to, against_version: expected another window or version");
    }
    PastProfile before = past.apply(against);
    ObjectNode body = ProfileJson.difference(before, past.apply(wanted));
    ApiRoutes.answer(context, body);
  }

  /** What of the second window is not given is that of the first. */
  private ProfileQuery wanted(Query query, String prefix) {
    Instant now = clock.instant();
    String service = query.needed("service", "the name of a service");
    Instant from = moment(query, prefix, "from", "-1h", now);
    Instant to = moment(query, prefix, "to", "now", now);
    if (!to.isAfter(from)) {
      throw new BadQueryException(
          prefix + "to=" + to + ": expected a time after " + prefix + "from=" + from);
    }
    return new ProfileQuery(
        service, query.text(prefix + "version").or(() -> query.text("version")), from, to);
  }

  private static Instant moment(
      Query query, String prefix, String name, String otherwise, Instant now) {
    return query.moment(prefix + name, now, query.text(name).orElse(otherwise));
  }
}
