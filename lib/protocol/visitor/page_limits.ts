/**
 * The limits of limits.ts that the page needs too. They are in a separate file
 * so that visitors' browsers don't load the others.
 */
export const PAGE_LIMITS = {
  /** One message of a chat. */
  textLength: 4_000,
  /** The visitor's name, `dn`. */
  nameLength: 64,
  /** The visitor's e-mail address or telephone number, `reply`. */
  replyLength: 254,
  /** Address and referrer of the visitor's page, and its title. */
  urlLength: 1_000,
  titleLength: 200,
} as const;
