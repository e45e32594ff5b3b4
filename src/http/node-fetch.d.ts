/**
 * The part of node-fetch 2 that the transport uses. The published typings declare an AbortSignal of
 * their own that Node's does not fit under `exactOptionalPropertyTypes`.
 */
declare module "node-fetch" {
  const fetch: import("./transport").Fetch;
  export default fetch;
}
