import type { VisitorLimits } from "./limits.ts";

/** The other instances of the service that are alive, as far as limits need
 * them. */
export interface OtherInstances {
  readonly size: number;
  /** Returns the ringing and running contacts of each of them, by block of
   * addresses: `VisitorBank.contacts()`. */
  contacts(): readonly Readonly<Record<string, number>>[];
  /** The contacts of this instance have changed. */
  changed(): void;
}

/** For a single process. */
export const NO_OTHERS: OtherInstances = {
  size: 0,
  contacts: () => [],
  changed: () => {},
};

/** Many instances must not make a limit so small that visitors who reach the
 * same instance by chance exceed it. */
const PARTS_MAX = 4;

/**
 * Returns the limits of this instance. Those by address or widget on things that
 * visitors only look at, such as sockets, are divided by the number of living
 * instances, because a balancer spreads them evenly, and a message to all others
 * for each page view would cost more than it saves.
 */
export function limitsBeside(
  others: OtherInstances,
  own: VisitorLimits,
): VisitorLimits {
  if (others === NO_OTHERS) return own;
  const part = (limit: number) =>
    Math.ceil(limit / Math.min(PARTS_MAX, others.size + 1));
  return {
    ...own,
    get socketsPerAddress() {
      return part(own.socketsPerAddress);
    },
    get socketsPerWidget() {
      return part(own.socketsPerWidget);
    },
    get startsPerAddressPerMinute() {
      return part(own.startsPerAddressPerMinute);
    },
    get calmPerAddress() {
      return part(own.calmPerAddress);
    },
    get calmPerWidget() {
      return part(own.calmPerWidget);
    },
  };
}
