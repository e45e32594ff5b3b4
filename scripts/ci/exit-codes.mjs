/** Exit code of a check that could not look, for instance without the network. */
export const notChecked = 75; // EX_TEMPFAIL of sysexits.h
