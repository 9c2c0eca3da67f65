import type { Beacon } from "./member_frames.ts";
import type { BeaconReport, CopiedReport } from "./member_report.ts";

/** Another instance that is alive. */
export interface Member {
  readonly id: string;
  readonly version: string;
  readonly wire: number;
  /** It takes no new contacts, because it is about to stop. */
  readonly draining: boolean;
  /** "away": its store does not answer it. */
  readonly store: "ok" | "away";
  readonly report: BeaconReport;
}

/** Another instance, as its beacons describe it. */
export interface KnownMember {
  beacon: Beacon;
  heardAt: number;
  copy: CopiedReport;
  /** When its whole report was last asked for. */
  askedAt: number;
}

/** Returns an instance without the time of its beacons. */
export function memberOf({ beacon, copy }: KnownMember): Member {
  const { id, version, wire, draining, store } = beacon;
  return { id, version, wire, draining, store, report: copy.report };
}
