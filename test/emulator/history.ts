interface Revision<T> {
  readonly from: number;
  /** Undefined: removed. */
  readonly value: T | undefined;
}

/** Records with their past, so that a list can show how things stood a while ago. Values are never mutated. */
export class History<T> {
  private readonly revisions = new Map<string, Revision<T>[]>();

  get(key: string): T | undefined {
    return this.revisions.get(key)?.at(-1)?.value;
  }

  put(key: string, value: T | undefined, now: number): void {
    const past = this.revisions.get(key);
    if (past) past.push({ from: now, value });
    else this.revisions.set(key, [{ from: now, value }]);
  }

  /** The records that stood at that time, in the order in which their keys first appeared. */
  list(at: number): T[] {
    return [...this.revisions.values()].flatMap((past) => {
      const revision = past.filter(({ from }) => from <= at).at(-1);
      return revision?.value === undefined ? [] : [revision.value];
    });
  }

  current(): T[] {
    return this.list(Number.POSITIVE_INFINITY);
  }
}
