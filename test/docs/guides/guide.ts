import type { Emulator } from "../../emulator/index";
import type { EngineResult, Verb } from "../../support/engine";
import type { JsonRecord } from "../../support/json";

/** A page of docs/guides and what its reader does with its programs. */
export interface Guide {
  /** Name of the page, without its folder and ending. */
  readonly page: string;
  /** The steps are not of the page's own: one program may drop what another made, texts are not compared. */
  readonly isGuessed?: boolean;
  /** Set before the first step, beside tokens, base URLs and the ids of app and project. */
  readonly config?: Readonly<Record<string, string>>;
  /** What is on the platforms before the first step. */
  readonly before?: (emulator: Emulator) => void;
  readonly steps: readonly Step[];
}

export interface Step {
  /** An operation of Pulumi; or another of its commands, or one of ours, as arguments. */
  readonly does:
    Verb | { readonly pulumi: readonly string[] } | { readonly addons: readonly string[] };
  /** The operation shows its preview first, as it does for a reader. */
  readonly withPreview?: boolean;
  /** Further arguments of the operation. */
  readonly args?: readonly string[];
  /** The page's ts block, counted from 1, that the program is at from this step on. */
  readonly program?: number;
  /** What the page says in words to put in the place of something else in that program. */
  readonly edited?: readonly (readonly [from: string, to: string])[];
  readonly config?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What happens on the platforms, without Pulumi, before the step. */
  readonly elsewhere?: (emulator: Emulator) => void;
  /** The command fails, as the page says. */
  readonly fails?: boolean;
  /** The page's text blocks, counted from 1, that the command prints. */
  readonly shows?: readonly number[];
  /** The page's ts block that the command prints. */
  readonly prints?: number;
  /** Secrets are in what it prints. */
  readonly reveals?: boolean;
  /** What is done with each add-on. Nothing may be replaced or deleted unless it is said here. */
  readonly ops?: Readonly<Record<string, readonly string[]>>;
  /** What must be the case after it. */
  readonly holds?: (seen: Seen) => void | Promise<void>;
}

/** What there is to look at after a step. */
export interface Seen {
  readonly emulator: Emulator;
  readonly printed: string;
  /** Of an operation. */
  readonly result: EngineResult | undefined;
  /** Calls that changed something on the platforms in this step: `POST /api/v1/apps/…`. */
  readonly writes: readonly string[];
  /** The stack's outputs, secret ones in plain text. */
  readonly outputs: () => Promise<JsonRecord>;
}
