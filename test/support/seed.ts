import fc from "fast-check";

/**
 * Properties run with one seed, so that a red run says something of the change at hand. To look for
 * new counterexamples: `FC_SEED=random npm test`, or a number to go back to one.
 */
const wanted = process.env.FC_SEED ?? "20261122";
if (wanted !== "random") fc.configureGlobal({ seed: Number(wanted) });
