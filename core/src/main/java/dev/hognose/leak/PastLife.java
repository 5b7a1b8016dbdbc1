package dev.hognose.leak;

/**
 * What a life has shown.
 *
 * @param diedMs time of its last observation
 * @param livedMs for how long it was seen
 * @param version of the program, empty when unknown
 */
record PastLife(long diedMs, long livedMs, Rest resident, Rest python, String version) {

  /**
   * Where a climb came to rest.
   *
   * @param heightKib above the lowest floor
   * @param afterMs since birth
   * @param ended whether it did come to rest, or died on its way
   * @param fellKib largest fall below an earlier floor: what was given back
   */
  record Rest(int heightKib, long afterMs, boolean ended, int fellKib) {}

  boolean hasEnded() {
    return resident.ended() && python.ended();
  }

  Rest rest(Life.Channel channel) {
    return channel == Life.Channel.RESIDENT ? resident : python;
  }
}
