/**
 * Attributes for names and messages, which a translator in the browser must not
 * change. The capital letter makes Preact set the attribute, because the
 * property `translate` is a boolean for which the string "no" is true.
 */
export const NOT_TRANSLATED: object = { Translate: "no" };
