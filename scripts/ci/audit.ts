// Asks the registry about the installed packages:
//
//   advisories   known weaknesses of what users install along with the package
//   signatures   whether every installed package is the one that the registry signed
//
// A registry that cannot be reached, or does not answer such questions, leaves the check undone.

import { spawnSync } from "node:child_process";
import { isRight } from "fp-ts/Either";
import * as t from "io-ts";
import { root } from "./lock";
import { conclude, type Verdict } from "./verdict";

/** What npm left behind. */
export interface Answer {
  readonly stdout: string;
}

const Weak = t.type({
  vulnerabilities: t.record(t.string, t.type({ severity: t.string, range: t.string })),
});

const Named = t.type({ name: t.string, version: t.string });
const Signed = t.type({ invalid: t.array(Named), missing: t.array(Named) });

/** npm says in several ways that the registry did not answer. */
const Refused = t.intersection([
  t.partial({ message: t.string, statusCode: t.number }),
  t.partial({ error: t.partial({ code: t.string, summary: t.string }) }),
]);

/** Weaknesses that must be dealt with before anything else; the rest is shown. */
const grave = ["high", "critical"];

export function advisoryVerdict(answer: Answer): Verdict {
  const report = parsed(answer);
  const found = Weak.decode(report);
  if (!isRight(found)) return unanswered(report);
  const lines = (wanted: (severity: string) => boolean) =>
    Object.entries(found.right.vulnerabilities)
      .filter(([, { severity }]) => wanted(severity))
      .map(
        ([name, { severity, range }]) => `${name} ${range}: an advisory of ${severity} severity`,
      );
  return {
    problems: lines((severity) => grave.includes(severity)),
    notes: lines((severity) => !grave.includes(severity)),
  };
}

export function signatureVerdict(answer: Answer): Verdict {
  const report = parsed(answer);
  const found = Signed.decode(report);
  if (!isRight(found)) return unanswered(report);
  const { invalid, missing } = found.right;
  return {
    problems: [
      ...invalid.map(({ name, version }) => `${name} ${version}: its signature is invalid`),
      ...missing.map(({ name, version }) => `${name} ${version}: the registry has not signed it`),
    ],
  };
}

/** What says that nobody answered, in npm's codes and messages. */
const network =
  /\b(?:E(?:NOTFOUND|AI_AGAIN|CONN[A-Z]+|TIMEDOUT|NETUNREACH|HOSTUNREACH|PIPE|NOTCACHED|[45]\d\d)|ERR_SOCKET_TIMEOUT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_[A-Z_]+|(?:TUF|CERT)_[A-Z_]+)\b/u;

/** npm's words where a registry has no signing keys. */
const withoutKeys = "found no dependencies to audit that were installed from a supported registry";

function unanswered(report: unknown): Verdict {
  const refused = Refused.decode(report);
  if (isRight(refused)) {
    const { message = "", statusCode, error } = refused.right;
    if (statusCode !== undefined) return notChecked(`the registry answered ${statusCode}`);
    const text = `${error?.code ?? ""} ${error?.summary ?? ""} ${message}`;
    if (text.includes(withoutKeys)) return notChecked("the registry does not sign packages");
    const [code] = network.exec(text) ?? [];
    // Without the rest of the message: it names hosts, and says no more.
    if (code !== undefined) return notChecked(`the registry could not be asked (${code})`);
  }
  return { problems: ["npm audit answered something that is not understood"] };
}

function notChecked(reason: string): Verdict {
  return { problems: [], notChecked: reason };
}

function parsed({ stdout }: Answer): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

const questions: Readonly<
  Record<string, { args: readonly string[]; verdict: (answer: Answer) => Verdict }>
> = {
  advisories: { args: ["--omit=dev"], verdict: advisoryVerdict },
  signatures: { args: ["signatures"], verdict: signatureVerdict },
};

function ask(args: readonly string[]): Answer {
  // Told to work offline, npm would ask nobody and report that there are no weaknesses.
  const always = ["--json", "--offline=false", "--fetch-retries=1", "--fetch-timeout=60000"];
  return spawnSync("npm", ["audit", ...args, ...always], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
}

if (require.main === module) {
  const question = questions[process.argv[2] ?? ""];
  if (question === undefined) throw new Error(`ask for ${Object.keys(questions).join(" or ")}`);
  conclude(question.verdict(ask(question.args)));
}
