/** A program below the heading of its language, and the line that says where it is from. */
const program = /^### (\w+)\n\n\[`[^\n]*\n\n```(\w+)\n(.*?)^```\n\n/gmsu;
const programs = new RegExp(`(?:${program.source}){2,}`, "gmsu");

/** Programs in several languages, below each other in the repository, become tabs. */
export function languageTabs(md) {
  md.core.ruler.before("normalize", "language-tabs", (state) => {
    state.src = state.src.replace(programs, (blocks) => {
      const tabs = blocks.replace(program, (_block, language, fence, code) => {
        return `\`\`\`${fence} [${language}]\n${code}\`\`\`\n\n`;
      });
      return `::: code-group\n\n${tabs}:::\n\n`;
    });
  });
}
