/**
 * Attributes for names and messages, which a translator in the browser must
 * leave as people wrote them. The capital makes Preact set the attribute: the
 * property `translate` is a boolean, to which the word "no" is true.
 */
export const NOT_TRANSLATED: object = { Translate: "no" };
