/** The user ended a question without an answer. */
export class CancelledError extends Error {}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export interface TextOptions {
  readonly initial?: string;
  /** What is wrong with an answer; undefined if nothing is. */
  readonly misfit?: (answer: string) => string | undefined;
}

/** Questions to the user. Each throws CancelledError where there is no answer. */
export interface Prompts {
  select(message: string, choices: readonly Choice[], initial?: string): Promise<string>;
  text(message: string, options?: TextOptions): Promise<string>;
  /** What is typed is not shown. */
  secret(message: string): Promise<string>;
  confirm(message: string): Promise<boolean>;
}

/** Lists longer than this scroll. */
const shownChoices = 12;

/** On the terminal of this process. */
export const terminalPrompts: Prompts = {
  select: async (message, choices, initial) => {
    const { select } = await clack();
    return answered(
      await select({
        message,
        options: choices.map((choice) => ({ ...choice })),
        maxItems: shownChoices,
        ...(initial === undefined ? {} : { initialValue: initial }),
      }),
    );
  },
  text: async (message, { initial, misfit } = {}) => {
    const { text } = await clack();
    return answered(
      await text({
        message,
        ...(initial === undefined ? {} : { initialValue: initial }),
        validate: (value) => misfit?.(value ?? ""),
      }),
    );
  },
  secret: async (message) => {
    const { password } = await clack();
    const validate = (value: string | undefined) =>
      (value ?? "").trim() === "" ? "An answer is needed." : undefined;
    return answered(await password({ message, validate })).trim();
  },
  confirm: async (message) => {
    const { confirm } = await clack();
    return answered(await confirm({ message }));
  },
};

/** Loaded when the first question is asked: most commands ask none. */
function clack() {
  return import("@clack/prompts");
}

function answered(answer: string | symbol): string;
function answered(answer: boolean | symbol): boolean;
function answered(answer: string | boolean | symbol): string | boolean {
  if (typeof answer === "symbol") throw new CancelledError("cancelled; nothing was done");
  return answer;
}
