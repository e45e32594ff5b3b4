import type { Allowance } from "../../http/budget";
import { inWords } from "../../http/deadline";
import { inspect } from "../../fields/values";
import type { Scope, Source } from "../source";
import type { Check } from "./check";
import { suggestion } from "./did-you-mean";
import type { Attempt, Refused, RemoteFacts } from "./remote";

/** A share of the requests of a window below which it gets tight. */
const tight = 0.2;

/** What is to be said of one platform. `isNeeded`: it was asked for, so a missing token is a failure. */
export function remoteChecks(source: Source, facts: RemoteFacts, isNeeded: boolean): Check[] {
  const { title, platform } = source.target;
  const of = (id: string, name: string) => ({
    id: `${platform}.${id}`,
    subject: `${title} ${name}`,
  });
  const checks: Check[] = [
    { ...of("token", "token"), ...tokenCheck(source, facts, isNeeded) },
    { ...of("baseUrl", "base URL"), ...baseUrlCheck(source, facts) },
  ];
  const { scopes, looked = [], allowance } = facts;
  if (scopes === undefined) return checks;
  checks.push({ ...of("account", "account"), ...accountCheck(source, facts, scopes) });
  for (const { scope, addons, connection } of looked) {
    const where = `${source.target.noun} ${scope}`;
    checks.push({ ...of("addons", "add-ons"), ...addonsCheck(source, facts, scope, addons) });
    if (connection !== undefined) {
      checks.push({
        ...of("connection", "connection data"),
        ...connectionCheck(where, connection),
      });
    }
  }
  if (looked.length === 0 && !("problem" in scopes && scopes.problem === "token")) {
    checks.push({ ...of("addons", "add-ons"), ...unlooked(source) });
  }
  if (looked.some(({ addons }) => "value" in addons)) {
    checks.push({ ...of("writing", "changes"), ...writingCheck(source) });
  }
  return [...checks, { ...of("budget", "requests"), ...budgetCheck(source, allowance, facts.now) }];
}

type Saying = Omit<Check, "id" | "subject">;

function tokenCheck(
  { target, settings }: Source,
  { token }: RemoteFacts,
  isNeeded: boolean,
): Saying {
  const { key, variables } = settings.token;
  if (token === undefined) {
    return {
      verdict: isNeeded ? "fail" : "skip",
      says: isNeeded ? "there is none" : `there is none, so nothing of ${target.title} was checked`,
      advice: `Run \`pulumi config set --secret ${key}\`, or set ${variables.join(" or ")}.`,
    };
  }
  if (token.isPlain) {
    return {
      verdict: "warn",
      says: `in plain text in the stack's ${key}`,
      advice: `Run \`pulumi config set --secret ${key}\`, which asks for the value. Use a new token: this one may be in the history of the file.`,
    };
  }
  return {
    verdict: "ok",
    says: token.from === key ? `from the stack's ${key}` : `from the variable ${token.from}`,
  };
}

function baseUrlCheck({ settings }: Source, { baseUrl }: RemoteFacts): Saying {
  if ("problem" in baseUrl) {
    return {
      verdict: "fail",
      says: baseUrl.problem,
      advice: `Correct it, or leave it out: ${settings.baseUrl.default} is the usual one.`,
    };
  }
  const { value, from } = baseUrl;
  return { verdict: "ok", says: from === undefined ? value : `${value}, from ${from}` };
}

/** Longer lists are not read. */
const mostListed = 50;

function accountCheck(
  { target, holder, settings }: Source,
  { holder: id }: RemoteFacts,
  scopes: Attempt<readonly Scope[]>,
): Saying {
  const as = id === undefined ? `no ${holder.noun} named` : `${holder.noun} ${id}`;
  if ("problem" in scopes) {
    if (scopes.problem === "token") {
      const { key } = settings.token;
      return {
        ...refused("fail", scopes),
        advice: `The token is mistyped, expired or revoked: run \`pulumi config set --secret ${key}\` with a good one.`,
      };
    }
    if (scopes.problem !== "permission") return refused("fail", scopes);
    return {
      ...refused("warn", scopes, `${as}; `),
      advice: `Add-ons do not need it; \`import --all\` does.`,
    };
  }
  const { value } = scopes;
  const says = `${as}; the token sees ${value.length} ${target.noun}${value.length === 1 ? "" : "s"}`;
  if (value.length === 0) {
    return {
      verdict: "warn",
      says,
      advice: `Check ${holder.setting.key}, and which ${target.noun}s the token may see.`,
    };
  }
  const items = value.slice(0, mostListed).map((scope) => `${scope.id} (${inspect(scope.title)})`);
  const more = value.length - items.length;
  return { verdict: "ok", says, items: more === 0 ? items : [...items, `and ${more} more`] };
}

function addonsCheck(
  { target }: Source,
  { scopes }: RemoteFacts,
  scope: string,
  addons: Attempt<number>,
): Saying {
  const where = `${target.noun} ${scope}`;
  if ("value" in addons) return { verdict: "ok", says: `${where} has ${addons.value}` };
  const failure = refused("fail", addons, `${where}: `);
  const seen = scopes !== undefined && "value" in scopes ? scopes.value : [];
  const isUnseen = addons.problem === "missing" && seen.every(({ id }) => id !== scope);
  const advice = isUnseen ? suggestion(scope, seen) : undefined;
  return advice === undefined ? failure : { ...failure, advice };
}

function writingCheck({ unchecked }: Source): Saying {
  return { verdict: "skip", says: `not checked, since only writing tells: ${unchecked}` };
}

function connectionCheck(where: string, connection: Attempt<true | undefined>): Saying {
  if ("problem" in connection) return refused("fail", connection, `${where}: `);
  return connection.value === true
    ? { verdict: "ok", says: `${where}: can be read` }
    : { verdict: "skip", says: `${where}: not checked, since no add-on serves there` };
}

function unlooked({ target }: Source): Saying {
  return {
    verdict: "skip",
    says: `not checked, since no ${target.noun} is known`,
    advice: `Name one with --${target.noun}.`,
  };
}

function budgetCheck({ target }: Source, allowance: Allowance | undefined, now: number): Saying {
  if (allowance === undefined) return { verdict: "ok", says: `${target.title} announces no limit` };
  const { limit, remaining, resetAt } = allowance;
  const says = `${remaining} of ${limit} left; the next ${limit} come in ${inWords(resetAt - now)}`;
  if (remaining > limit * tight) return { verdict: "ok", says };
  return {
    verdict: "warn",
    says,
    advice: "Other users of the account share them; runs slow down until then.",
  };
}

function refused(verdict: "fail" | "warn", { message, advice }: Refused, before = ""): Saying {
  return {
    verdict,
    says: `${before}${message}`,
    ...(advice === undefined ? {} : { advice }),
  };
}
