package dev.hognose.wire.client;

import org.apache.kafka.common.config.ConfigException;

/** Why a client of Kafka could not be made of the properties that it was given. */
public final class ClientRefusal {

  private ClientRefusal() {}

  /**
   * What says most of the failure: a property that is refused, else the innermost cause, unless
   * what it says is part of what the one around it says, such as the name of a file.
   */
  public static String reason(Throwable failure) {
    Throwable each = failure;
    String said = String.valueOf(each.getMessage());
    while (!(each instanceof ConfigException) && each.getCause() != null) {
      each = each.getCause();
      String more = String.valueOf(each.getMessage());
      said = said.contains(more) ? said : more;
    }
    return said;
  }
}
