import type { Refusal, RefusalReason } from "./link/refusal_log.ts";
import type { LinkError } from "./link/pbx_link.ts";
import { missingRights } from "./rights.ts";
import type { PbxIce, Station } from "./station.ts";

/** A link as /admin/pbx shows it. Times in ms since 1970. */
export interface LinkStatus {
  key: string;
  pbx: string;
  domain: string;
  dns: string;
  version: string;
  build: string;
  /** The address of the PBX. */
  address: string;
  since: number;
  apis: readonly string[];
  missing: ReturnType<typeof missingRights>;
  registration: "none" | "pending" | "registered" | "failed";
  registrationError: string;
  subscriptions: number;
  calls: number;
  chats: number;
  /** Of the last answered request; undefined before that. */
  roundTripMs: number | undefined;
  received: number;
  sent: number;
  /** Messages that could not be processed, and requests without an answer. */
  problems: number;
  errors: readonly LinkError[];
}

/** The facts about a link that pages and calls need, at any instance of the
 * service. */
export interface LinkFacts {
  key: string;
  /** The PBX's name in DNS. */
  host: string;
  appObject: string;
  /** STUN and TURN servers of the PBX; its values may be empty. */
  ice?: PbxIce;
}

export interface BankStatus {
  links: LinkStatus[];
  /** Connections that have not logged in yet. */
  waiting: number;
  /** The most recent rejections, newest first. */
  refusals: Refusal[];
  /** Number of rejections since the start, by reason. */
  refused: Partial<Record<RefusalReason, number>>;
}

export function linkStatus(station: Station): LinkStatus {
  const { link, info, calls, registration } = station;
  return {
    key: link.key ?? station.pbxKey,
    pbx: info.pbx,
    domain: info.domain,
    dns: info.pbxDns,
    version: info.version,
    build: info.build,
    address: link.address,
    since: link.openedAt,
    apis: info.apis,
    missing: missingRights(info.apis),
    registration: registration.state,
    registrationError: registration.state === "failed" ? registration.text : "",
    subscriptions: station.subscriptions,
    calls: calls?.count("call") ?? 0,
    chats: calls?.count("chat") ?? 0,
    roundTripMs: link.roundTripMs,
    ...link.counts,
    errors: link.errors,
  };
}
