package dev.hognose.leak;

/**
 * What the floors of one level must show to count as rising; the same in every policy.
 *
 * <p>Found by search on the leak bench's train set, as all numbers of {@link LeakPolicy}.
 *
 * @param leastTauPython Kendall's tau of the Python heap's floors: mostly upwards
 * @param leastTauResident the same of resident memory, which is noisier
 * @param leastKib growth, absolute: below it is what any program does
 * @param leastShare growth as a share of the first floor
 * @param overNoise growth in multiples of the residuals' median absolute deviation
 * @param secondHalf the slope of the second half against the first, below which it is a plateau
 * @param lastQuarter growth of the last quarter against an even share, below which it is a plateau
 * @param leastIncrements the effective number of increments, below which they are a few steps
 * @param overGiveBack growth against the largest fall of the floor seen so far: a sawtooth
 * @param giveBackMemory that fall is forgotten by one part in two to this power a bucket
 * @param dayFit how much better a day's sinus must fit than a line to be a daily cycle
 * @param dayMisfit the line's misfit as a share of the growth, below which there is no daily cycle
 */
public record TrendLimits(
    double leastTauPython,
    double leastTauResident,
    int leastKib,
    double leastShare,
    double overNoise,
    double secondHalf,
    double lastQuarter,
    double leastIncrements,
    double overGiveBack,
    int giveBackMemory,
    double dayFit,
    double dayMisfit) {

  static final TrendLimits FOUND =
      new TrendLimits(0.70, 0.75, 3072, 0.012, 5.0, 0.50, 0.45, 6.5, 2.0, 6, 0.9, 0.01);
}
