interface Outcome {
  readonly code: number;
  readonly output: string;
}

interface Counted {
  readonly passed: number;
  readonly failed: number;
}

export function countTests(outcome: Outcome): Counted;
export function countOne(outcome: Outcome): Counted;
export function countAnswered(outcome: Outcome): Counted;
export function markOf(counted: Counted): string;
