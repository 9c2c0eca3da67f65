import * as v from "valibot";

// The network page of the admin's wire:
//
//   POST /api/network/test    -> NetworkTest

/** What a visitor gets for a TURN server; STUN needs nothing. */
export const IceCredentials = v.picklist([
  "none",
  /** Made for each call with the shared secret. */
  "minted",
  /** Of the PBX, the same for all. */
  "fixed",
  /** Nobody has a name and a password for it, so no call uses it. */
  "missing",
]);
export type IceCredentials = v.InferOutput<typeof IceCredentials>;

/** One way to one server. */
export const IceServerView = v.object({
  /** `stun:host`, `turn:host?transport=udp`, … (RFC 7064, RFC 7065). */
  url: v.string(),
  credentials: IceCredentials,
});
export type IceServerView = v.InferOutput<typeof IceServerView>;

/** Which servers calls use, without any secret. */
export const NetworkView = v.object({
  source: v.picklist(["settings", "pbx", "none"]),
  servers: v.array(IceServerView),
});
export type NetworkView = v.InferOutput<typeof NetworkView>;

const Credentials = v.object({ username: v.string(), credential: v.string() });

/** The servers with what one test may use. */
export const NetworkTest = v.object({
  source: NetworkView.entries.source,
  servers: v.array(v.object({
    ...IceServerView.entries,
    own: v.exactOptional(Credentials),
    /** The same for as long as a visitor has it. If the server takes these and
     * not `own`, its clock is wrong. */
    longer: v.exactOptional(Credentials),
  })),
  /** The service's clock: milliseconds since 1970. */
  now: v.number(),
});
export type NetworkTest = v.InferOutput<typeof NetworkTest>;
