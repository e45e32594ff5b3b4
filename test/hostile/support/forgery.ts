import type { Fault, Outgoing } from "../../emulator/index";
import { Random } from "../../emulator/random";
import { lies } from "./lies";

/** Which answers of a life are forged, and how. */
export interface Forgery {
  readonly operationId: string;
  /** The name of the lie. */
  readonly lie: string;
  readonly seed: number;
  /** Answers to let pass first. */
  readonly skip: number;
  readonly times: number;
}

export const lieNames = lies.map(({ name }) => name);

/** The fault that forges them; `others`: ids of add-ons that nobody may touch. */
export function faultOf(
  { operationId, lie, seed, ...target }: Forgery,
  others: readonly string[],
): Fault {
  const tell = lies.find(({ name }) => name === lie)?.tell;
  if (tell === undefined) throw new Error(`there is no lie that ${lie}`);
  const source = { random: new Random(seed), others };
  const forge = (answer: Outgoing): Outgoing => {
    const truth: unknown = answer.text === "" ? {} : JSON.parse(answer.text);
    const told = tell(truth, source);
    const headers = { ...answer.headers, "content-type": "application/json" };
    const status = answer.status === 204 ? 200 : answer.status;
    return { status, headers, text: "", ...(typeof told === "string" ? { text: told } : told) };
  };
  return { kind: "forged", operationId, ...target, forge };
}
