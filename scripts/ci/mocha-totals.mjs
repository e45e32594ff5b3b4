/** The totals at the end of mocha's output; zero where it printed none. */
export function mochaTotals(output) {
  return {
    passing: last(output, /^\s*(\d+) passing\b/gm),
    failing: last(output, /^\s*(\d+) failing\b/gm),
    pending: last(output, /^\s*(\d+) pending\b/gm),
  };
}

function last(output, pattern) {
  // The escape sequences of colours would stand between the line's start and the number.
  // eslint-disable-next-line no-control-regex
  const plain = output.replace(/\u001b\[[0-9;]*m/g, "");
  const match = [...plain.matchAll(pattern)].at(-1);
  return match === undefined ? 0 : Number(match[1]);
}
