/**
 * The codes of close_codes.ts that the page treats in their own way. They are in
 * a separate file so that visitors' browsers don't load the others.
 */
export const PAGE_CLOSE = {
  /** The service is stopping or restarting: reconnect after a random delay. */
  restart: 1012,
  /** The service is full, or this page reads too slowly: reconnect later. */
  overload: 1013,
  /** The widget is not for this website. */
  originRefused: 4403,
  /** The widget does not exist or was deleted. */
  unknownWidget: 4404,
  /** Another socket took over the seat with its resume token. */
  replaced: 4409,
} as const;

/** Codes after which a page must not reconnect automatically. */
export const FINAL_CODES: readonly number[] = [
  PAGE_CLOSE.originRefused,
  PAGE_CLOSE.unknownWidget,
  PAGE_CLOSE.replaced,
];
