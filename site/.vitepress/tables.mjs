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

function textOf({ children }) {
  return children.map(({ content }) => content).join("");
}
