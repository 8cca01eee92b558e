/** The version of this package. */
export const VERSION = __VERSION__;
