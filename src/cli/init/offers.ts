import type { Props } from "../../fields/values";
import type { Choice } from "../prompts";

/** An option of `init` that answers a question of a platform. */
export type OptionName = "plan" | "addonVersion" | "memory" | "disk";

export interface Question {
  /** The path of the input: `billing.storage`. */
  readonly input: string;
  readonly option: OptionName;
  readonly message: string;
  /** None: any answer will do that the input takes. */
  readonly choices: readonly Choice[];
  readonly initial?: string;
  readonly isNumber?: boolean;
}

/** A type of add-on that can be created, with what has to be asked about it. */
export interface Offer {
  readonly type: string;
  readonly label: string;
  readonly questions: readonly Question[];
  /** Inputs that need no question. */
  readonly inputs: Props;
}
