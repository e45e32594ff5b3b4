/** Exit code of a check that could not look, for instance without the network. */
export const notChecked: number;
