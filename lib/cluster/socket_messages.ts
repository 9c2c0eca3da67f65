import * as v from "valibot";

// The messages of a pipe through which an instance relays the socket of a page to
// the page's home. Frames of pages and of the service are passed on unchanged.

/** Characters of one message, at most. JSON needs up to 6 bytes for each, and a
 * pipe carries 512 KiB. */
export const RELAYED_LENGTH_MAX = 80_000;

const Text = v.string();
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Code = v.pipe(v.number(), v.integer(), v.minValue(1_000));
const Name = v.pipe(v.string(), v.maxLength(1_024));

const RelayedPeer = v.object({
  address: Name,
  origin: v.nullable(Name),
  host: v.exactOptional(Name),
  isProxy: v.exactOptional(v.boolean()),
});

/** The first message. The receiver accepts the socket only if it is the home. */
export const SocketOpening = v.variant("endpoint", [
  v.object({
    open: v.literal("socket"),
    endpoint: v.literal("visitor"),
    /** The token of the visitor's seat. */
    token: Name,
    peer: RelayedPeer,
  }),
  v.object({
    open: v.literal("socket"),
    endpoint: v.literal("desk"),
    /** Id of the account. */
    account: Name,
  }),
]);
export type SocketOpening = v.InferOutput<typeof SocketOpening>;

/** Messages of the page's home. */
export const FromHome = v.variant("type", [
  v.object({ type: v.literal("accepted") }),
  v.object({ type: v.literal("refused") }),
  v.object({ type: v.literal("texts"), texts: v.array(Text) }),
  /** A part of a text that is too long for one message. */
  v.object({ type: v.literal("part"), text: Text, isLast: v.boolean() }),
  v.object({ type: v.literal("close"), code: Code }),
]);
export type FromHome = v.InferOutput<typeof FromHome>;

/** Messages of the instance that has the socket. */
export const FromRelay = v.variant("type", [
  v.object({ type: v.literal("text"), text: Text }),
  /** Bytes that the page has not read. */
  v.object({ type: v.literal("unsent"), bytes: Count }),
  v.object({ type: v.literal("closed"), code: Count }),
]);
export type FromRelay = v.InferOutput<typeof FromRelay>;
