import { mochaTotals } from "./mocha-totals.mjs";

/** Exit code of a check that could not look, for instance without the network. */
export const notChecked = 75; // EX_TEMPFAIL of sysexits.h

/** What a run of mocha counts as: every test as one. */
export function countTests({ code, output }) {
  const totals = mochaTotals(output);
  if (totals.pending > 0) console.log(`${totals.pending} tests were skipped`);
  // Mocha may also die before it has any totals, or fail in a hook of a run without failing tests.
  const failing = code !== 0 && totals.failing === 0 ? 1 : totals.failing;
  return { passed: totals.passing, failed: failing };
}

/** What any other check counts as: one, or nothing if it could not look. */
export function countOne({ code }) {
  if (code === notChecked) return { passed: 0, failed: 0 };
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** How a check is marked in the list at the end. */
export function markOf({ passed, failed }) {
  if (failed > 0) return "FAILED";
  return passed > 0 ? "ok    " : "?     ";
}
