/** The limits of limits.ts that a page needs itself: in a file of their own, so
 * that the others do not weigh in visitors' browsers. */
export const PAGE_LIMITS = {
  /** One message of a chat. */
  textLength: 4_000,
  /** The visitor's name, `dn`. */
  nameLength: 64,
  /** Address and referrer of the visitor's page, and its title. */
  urlLength: 1_000,
  titleLength: 200,
} as const;
