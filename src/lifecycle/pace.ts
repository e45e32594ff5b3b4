/**
 * Milliseconds until the next look at the list, given how long the youngest and the oldest waiter
 * have waited: quick at first, slower later, and never faster than the request budget allows. The
 * growth keeps a wait of a minute to about a dozen looks.
 */
export function pace(youngest: number, budget: number): number {
  const wanted = Math.min(slowest, Math.max(quickest, youngest * growth));
  return Math.max(wanted, budget);
}

const quickest = 400;
const slowest = 15_000;
const growth = 0.25;
