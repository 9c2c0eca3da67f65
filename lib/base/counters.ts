/**
 * Counts what happens, for those who run the service. Names are in snake case;
 * a label has few values, and none that tells who somebody is.
 */
export interface Counters {
  count(name: string, labels?: Readonly<Record<string, string>>): void;
}

export const NOT_COUNTED: Counters = { count: () => {} };

/** Measures how long HTTP requests take. */
export interface HttpTimes {
  /** @param route The pattern of the route, never the path itself. */
  answered(route: string, seconds: number): void;
}
