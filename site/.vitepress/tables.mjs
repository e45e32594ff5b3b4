/**
 * Gives every cell the name of its column. Where a screen has no room for the columns, rows are
 * shown as cards, in which the cells stand below each other.
 */
export function labelCells(md) {
  md.core.ruler.push("label-cells", ({ tokens }) => {
    let names = [];
    let column = 0;
    for (const [index, token] of tokens.entries()) {
      if (token.type === "thead_open") names = [];
      if (token.type === "tr_open") column = 0;
      if (token.type === "th_open") names.push(textOf(tokens[index + 1]));
      if (token.type === "td_open") token.attrSet("data-column", names[column++] ?? "");
    }
  });
}

/** A name with dots may break after each of them, so that it does not widen its column. */
export function breakAfterDots(md) {
  const { code_inline } = md.renderer.rules;
  md.renderer.rules.code_inline = (...all) => {
    return code_inline(...all).replace(/(?<=[a-z])\.(?=[a-z])/giu, ".<wbr>");
  };
}

function textOf({ children }) {
  return children.map(({ content }) => content).join("");
}
