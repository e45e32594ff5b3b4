/** Exit code of a check that could not look, for instance without the network. */
export const notChecked: number;

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** What a run of mocha counts as: every test as one. */
export function countTests(result: { readonly code: number; readonly output: string }): Counts;

/** What any other check counts as: one, or nothing if it could not look. */
export function countOne(result: { readonly code: number }): Counts;

/** How a check is marked in the list at the end. */
export function markOf(counts: Counts): string;
