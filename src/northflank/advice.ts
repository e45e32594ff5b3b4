import type { Refusal } from "../http/request";

/** What to do about a refusal of Northflank's, where its status alone does not say. */
export function advise({ status, said = "", method }: Refusal): string | undefined {
  // 409 has several meanings, which only its text tells apart.
  if (status === 409 && /payment/iu.test(said)) {
    return "Add a payment method to the account in Northflank's billing settings, and run it again.";
  }
  if (status === 409 && /identifier|exist/iu.test(said)) {
    return "Take the existing one over with adopt: true, or choose another name.";
  }
  if (status === 409 && /storage class/iu.test(said)) {
    return "Leave billing.storageClass out, or choose one that the account and the plan have.";
  }
  if (status === 409) return "Wait until the add-on is settled, and run it again.";
  if (status === 404 && /backup/iu.test(said)) {
    return "Check source: that add-on has no such backup. One is there once a backup of it has been completed.";
  }
  if (status === 404 && method !== "DELETE") {
    return "Check projectId and, for tokens of an organisation, teamId; a token limited to other projects sees nothing here.";
  }
  if (status === 400 || status === 422) return "Correct the input that it names, and run it again.";
  return undefined;
}
