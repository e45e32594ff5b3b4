import type { Cost } from "./kind";

/** What the new and changed add-ons of a preview cost a month together. */
export class Costs {
  private readonly known = new Map<unknown, Cost>();

  /** What there is to say of the sum, once there are several. Only the last one has it whole. */
  with(urn: unknown, cost: Cost): string {
    // What is replaced is checked twice: as a change, then as new.
    const { before } = this.known.get(urn) ?? cost;
    this.known.delete(urn);
    this.known.set(urn, { ...cost, before });
    const all = [...this.known.values()].filter(({ currency }) => currency === cost.currency);
    if (all.length < 2 || all.some((each) => each.before === undefined)) return "";
    const more = all.reduce((sum, each) => sum + each.amount - (each.before ?? 0), 0);
    const sum = `${more < 0 ? "-" : "+"}${Math.abs(more).toFixed(2)} ${cost.currency}`.trim();
    const others = all.length === 2 ? "the add-on" : `the ${all.length - 1} add-ons`;
    return `. Together with ${others} before it, this stack's changes come to ${sum} a month`;
  }
}
