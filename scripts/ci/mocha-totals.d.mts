/** The totals at the end of mocha's output; zero where it printed none. */
export function mochaTotals(output: string): {
  readonly passing: number;
  readonly failing: number;
  readonly pending: number;
};
