/** A run of mocha counts every test. */
export function countTests({ code, output }) {
  const skipped = last(output, "pending");
  if (skipped > 0) console.log(`${skipped} tests were skipped`);
  const failing = last(output, "failing");
  // Mocha may also die before it prints totals, or fail in a hook without a failing test.
  return { passed: last(output, "passing"), failed: code !== 0 && failing === 0 ? 1 : failing };
}

/** The last of mocha's totals of this kind; zero where it printed none. */
function last(output, kind) {
  // eslint-disable-next-line no-control-regex -- colours
  const plain = output.replace(/\u001b\[[0-9;]*m/gu, "");
  const found = [...plain.matchAll(new RegExp(`^\\s*(\\d+) ${kind}\\b`, "gmu"))];
  return Number(found.at(-1)?.[1] ?? 0);
}

/** Any other check counts as one. */
export function countOne({ code }) {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** What npm prints when the registry, or the host of its keys, did not answer. */
const unanswered =
  /^npm error (?:audit endpoint returned an error|found no dependencies to audit that were installed from a supported registry|code (?:E(?:NOTFOUND|AI_AGAIN|CONN[A-Z]+|TIMEDOUT|NETUNREACH|HOSTUNREACH|[45]\d\d)|ERR_SOCKET_TIMEOUT|TUF_[A-Z_]+))/mu;

/** A question to the registry counts as nothing if it was not answered. */
export function countAnswered({ code, output }) {
  return code !== 0 && unanswered.test(output) ? { passed: 0, failed: 0 } : countOne({ code });
}

/** How a check is marked in the list at the end. */
export function markOf({ passed, failed }) {
  if (failed > 0) return "FAILED";
  return passed > 0 ? "ok    " : "?     ";
}
