import type { Allowance } from "../../http/budget";
import { inWords } from "../../http/deadline";
import { inspect } from "../../fields/values";
import type { Source } from "../source";
import type { Check } from "./check";
import type { Attempt, RemoteFacts } from "./remote";

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
  for (const each of looked) {
    const { noun } = source.target;
    const where = `${noun} ${each.scope}`;
    checks.push({ ...of("addons", "add-ons"), ...addonsCheck(source, where, each.addons) });
    if (each.connection !== undefined) {
      checks.push({
        ...of("connection", "connection data"),
        ...connectionCheck(where, each.connection),
      });
    }
  }
  if (looked.length === 0 && !("problem" in scopes && scopes.problem === "token")) {
    checks.push({ ...of("addons", "add-ons"), ...unlooked(source) });
  }
  return [...checks, { ...of("budget", "requests"), ...budgetCheck(source, allowance, facts.now) }];
}

type Saying = Omit<Check, "id" | "subject">;

function tokenCheck({ settings }: Source, { token }: RemoteFacts, isNeeded: boolean): Saying {
  const { key, variables } = settings.token;
  if (token === undefined) {
    return {
      verdict: isNeeded ? "fail" : "warn",
      says: "there is none",
      advice: `Run \`pulumi config set --secret ${key}\`, or set ${variables.join(" or ")}.`,
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

function accountCheck(
  { target, holder }: Source,
  { holder: id }: RemoteFacts,
  scopes: Attempt<readonly { readonly id: string; readonly title: string }[]>,
): Saying {
  const as = id === undefined ? `no ${holder.noun} named` : `${holder.noun} ${id}`;
  if ("problem" in scopes) {
    if (scopes.problem !== "permission") return { verdict: "fail", says: scopes.message };
    return {
      verdict: "warn",
      says: `${as}; ${scopes.message}`,
      advice: `Add-ons do not need it; \`import --all\` does.`,
    };
  }
  const { value } = scopes;
  const list = value.slice(0, 3).map((scope) => `${scope.id} (${inspect(scope.title)})`);
  const more = value.length > list.length ? ", …" : "";
  const says = `${as}; the token sees ${value.length} ${target.noun}${value.length === 1 ? "" : "s"}${list.length === 0 ? "" : `: ${list.join(", ")}${more}`}`;
  if (value.length > 0) return { verdict: "ok", says };
  return {
    verdict: "warn",
    says,
    advice: `Check ${holder.setting.key}, and which ${target.noun}s the token may see.`,
  };
}

function addonsCheck({ unchecked }: Source, where: string, addons: Attempt<number>): Saying {
  if ("problem" in addons) return { verdict: "fail", says: `${where}: ${addons.message}` };
  const { value } = addons;
  return {
    verdict: "ok",
    says: `${where} has ${value}; not checked, since only writing tells: ${unchecked}`,
  };
}

function connectionCheck(where: string, connection: Attempt<true | undefined>): Saying {
  if ("problem" in connection) return { verdict: "fail", says: `${where}: ${connection.message}` };
  return connection.value === true
    ? { verdict: "ok", says: `${where}: can be read` }
    : { verdict: "ok", says: `${where}: not checked, since no add-on serves there` };
}

function unlooked({ target }: Source): Saying {
  return {
    verdict: "warn",
    says: `could not be checked without a ${target.noun}`,
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
