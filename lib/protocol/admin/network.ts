import * as v from "valibot";

// The network page of the admin's wire:
//
//   POST /api/network/test    -> NetworkTest

/** The kind of a visitor's credentials for a TURN server; STUN needs none. */
export const IceCredentials = v.picklist([
  "none",
  /** Generated for each call with the shared secret. */
  "minted",
  /** From the PBX, the same for all visitors. */
  "fixed",
  /** There are no credentials, so no call uses the server. */
  "missing",
]);
export type IceCredentials = v.InferOutput<typeof IceCredentials>;

/** An address of a server. */
export const IceServerView = v.object({
  /** `stun:host`, `turn:host?transport=udp`, … (RFC 7064, RFC 7065). */
  url: v.string(),
  credentials: IceCredentials,
});
export type IceServerView = v.InferOutput<typeof IceServerView>;

/** The servers of calls, without any secret. */
export const NetworkView = v.object({
  source: v.picklist(["settings", "pbx", "none"]),
  servers: v.array(IceServerView),
});
export type NetworkView = v.InferOutput<typeof NetworkView>;

const Credentials = v.object({ username: v.string(), credential: v.string() });

/** The servers with the credentials for one test. */
export const NetworkTest = v.object({
  source: NetworkView.entries.source,
  servers: v.array(v.object({
    ...IceServerView.entries,
    own: v.exactOptional(Credentials),
    /** The same with a visitor's lifetime. If the server accepts these and not
     * `own`, its clock is wrong. */
    longer: v.exactOptional(Credentials),
  })),
  /** The service's clock: milliseconds since 1970. */
  now: v.number(),
});
export type NetworkTest = v.InferOutput<typeof NetworkTest>;
