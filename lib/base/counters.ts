/**
 * Counts events for operators. Names are in snake case. A label has few values,
 * and none that identifies a person.
 */
export interface Counters {
  count(name: string, labels?: Readonly<Record<string, string>>): void;
}

export const NOT_COUNTED: Counters = { count: () => {} };

/** Measures the duration of HTTP requests. */
export interface HttpTimes {
  /** @param route The pattern of the route, never the path itself. */
  answered(route: string, seconds: number): void;
}
