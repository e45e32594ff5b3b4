import { closest } from "fastest-levenshtein";
import { at, type Props, withAt } from "../../fields/values";
import { type Context, say, UsageError } from "../context";
import type { Choice, TextOptions } from "../prompts";
import type { Source } from "../source";
import type { Offer, OptionName, Question } from "./offers";

/** What the command line answers. */
export type Given = Partial<Record<OptionName | "type" | "name", string>>;

/** Gets an answer from the options, else from the user; and says which options are missing. */
export class Answers {
  /** True where there is nobody to ask. */
  readonly isSilent: boolean;

  constructor(
    private readonly context: Context,
    isForProgram: boolean,
  ) {
    this.isSilent = isForProgram || context.prompts === undefined;
  }

  async choice(
    option: string,
    given: string | undefined,
    message: string,
    choices: readonly Choice[],
    initial?: string,
  ): Promise<string> {
    const values = choices.map(({ value }) => value);
    if (given !== undefined) {
      if (!values.includes(given) && values.length > 0) {
        const nearest = closest(given, values);
        say(
          this.context,
          `warning: --${option} ${given} is not offered at present; the nearest is ${nearest}`,
        );
      }
      return given;
    }
    return this.ask(option, (prompts) => prompts.select(message, choices, initial));
  }

  async text(
    option: string,
    given: string | undefined,
    message: string,
    options: TextOptions,
  ): Promise<string> {
    if (given === undefined) return this.ask(option, (prompts) => prompts.text(message, options));
    const misfit = options.misfit?.(given);
    if (misfit !== undefined) throw new UsageError(`--${option} ${given}: ${misfit}`);
    return given;
  }

  private async ask(
    option: string,
    how: (prompts: NonNullable<Context["prompts"]>) => Promise<string>,
  ): Promise<string> {
    const { prompts } = this.context;
    if (prompts === undefined || this.isSilent) {
      throw new UsageError(`there is no terminal to ask in: give --${option} as well`);
    }
    return (await how(prompts)).trim();
  }
}

/** The inputs of the add-on. */
export async function inputsOf(
  answers: Answers,
  source: Source,
  scope: string,
  { type, questions, inputs }: Offer,
  given: Given,
): Promise<Props> {
  const stray = (Object.keys(given) as (keyof Given)[]).find(
    (name) =>
      name !== "type" &&
      name !== "name" &&
      given[name] !== undefined &&
      questions.every(({ option }) => option !== name),
  );
  if (stray !== undefined) {
    throw new UsageError(`--${dashed(stray)} is not for ${type} on ${source.target.title}`);
  }
  let props: Props = { [source.scopeField]: scope, type };
  for (const question of questions)
    props = withAt(props, question.input, await answerTo(answers, source, props, question, given));
  return Object.entries(inputs).reduce<Props>((all, [name, value]) => {
    const own = at(all, name);
    const isGroup = typeof own === "object" && typeof value === "object";
    return { ...all, [name]: isGroup ? { ...own, ...value } : value };
  }, props);
}

async function answerTo(
  answers: Answers,
  source: Source,
  props: Props,
  { input, option, message, choices, initial, isNumber = false }: Question,
  given: Given,
): Promise<unknown> {
  const valueOf = (text: string) => (isNumber ? Number(text) : text);
  const misfit = (text: string) => {
    const failures = source.failures(withAt(props, input, valueOf(text)));
    return failures.find(({ property }) => property === input)?.reason;
  };
  const name = dashed(option);
  const asked =
    choices.length > 0
      ? await answers.choice(name, given[option], message, choices, initial)
      : await answers.text(name, given[option], message, {
          misfit,
          ...(initial === undefined ? {} : { initial }),
        });
  const wrong = misfit(asked);
  if (wrong !== undefined) throw new UsageError(`--${name} ${asked}: ${wrong}`);
  return valueOf(asked);
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}
