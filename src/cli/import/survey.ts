import type { Inputs } from "./inputs";

/** An add-on, and where it is. */
export interface Place {
  readonly platform: "miget" | "northflank";
  /** Id of the app or project. */
  readonly scope: string;
  /** Id in the API: a UUID, or a slug. */
  readonly key: string;
  /** What people call it. */
  readonly title: string;
  readonly type: string;
}

/** An add-on that a program can take over. */
export interface Found extends Place {
  readonly state: string;
  /** The name that the platform gave it, where that is another than the title. */
  readonly name?: string;
  /** What the user should know of its state. */
  readonly warning?: string;
  /** Whether no other add-on there has its natural key. */
  readonly isUnique: boolean;
  /** What the reader of the program may wonder about. */
  readonly remarks: readonly string[];
  readonly inputs: Inputs;
}

/** The input with which it is taken over. */
export function adoptOf({ isUnique, key }: Found): true | string {
  return isUnique ? true : key;
}

/** One that it cannot. */
export interface Skipped extends Place {
  readonly reason: string;
  /** True where that is a failure, and not in the nature of the add-on. */
  readonly failed: boolean;
}

/** An app or project whose add-ons could not be listed, or a platform whose apps or projects could not. */
export interface Unread {
  readonly platform: Place["platform"];
  /** Left out: none could be found out. */
  readonly scope?: string;
  readonly reason: string;
}

/** One platform as the program has to be told of it. */
export interface Target {
  readonly platform: Place["platform"];
  /** `Northflank` */
  readonly title: string;
  readonly className: string;
  /** `project`, `app` */
  readonly noun: string;
  readonly tokenKey: string;
  /** True where the stack's configuration has the token already. */
  readonly hasToken?: boolean;
  /** Where it is not the usual one, and the stack's configuration does not have it. */
  readonly baseUrl?: { readonly key: string; readonly value: string };
}

/** All that was found out. */
export interface Survey {
  readonly targets: readonly Target[];
  readonly found: readonly Found[];
  readonly skipped: readonly Skipped[];
  readonly unread: readonly Unread[];
}

export const emptySurvey: Survey = { targets: [], found: [], skipped: [], unread: [] };

export function merged(surveys: readonly Survey[]): Survey {
  return {
    targets: surveys.flatMap(({ targets }) => targets),
    found: surveys.flatMap(({ found }) => found),
    skipped: surveys.flatMap(({ skipped }) => skipped),
    unread: surveys.flatMap(({ unread }) => unread),
  };
}

/** True where something that should have been read was not. */
export function isIncomplete({ skipped, unread }: Survey): boolean {
  return unread.length > 0 || skipped.some(({ failed }) => failed);
}
