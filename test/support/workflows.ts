import { type JsonRecord, listOf, recordAt } from "./json";

/** The steps of a job of a GitHub workflow. */
export function stepsOf(job: unknown): JsonRecord[] {
  return listOf(recordAt(job).steps).map((step) => recordAt(step));
}
