import * as v from "valibot";

// The PBX page of the admin's wire:
//
//   GET /api/pbx                       -> PbxView
//   PUT /api/pbx/password              SavePbxPassword -> PbxView
//   GET /api/pbx/trace?text=&after=    -> TracePage; &download saves it as a file
//
// If the service has several instances, the answers have the links and messages
// of all of them.

/** The rights that the PBX administrator ticks on the App object. */
export const PbxRight = v.picklist(["PbxSignal", "PbxApi", "PbxAdminApi"]);
export type PbxRight = v.InferOutput<typeof PbxRight>;

/** A rejected connection: a PBX, by its address or its login, or a user in
 * myApps. */
export const PbxRefusal = v.object({
  reason: v.picklist([
    "address",
    "login",
    "throttled",
    "user-login",
    "user-denied",
  ]),
  address: v.string(),
  count: v.number(),
  /** Ms since 1970. */
  lastAt: v.number(),
});
export type PbxRefusal = v.InferOutput<typeof PbxRefusal>;

/** One link of a PBX. Times in ms since 1970. */
export const PbxLinkView = v.object({
  key: v.string(),
  pbx: v.string(),
  domain: v.string(),
  dns: v.string(),
  version: v.string(),
  build: v.string(),
  address: v.string(),
  since: v.number(),
  apis: v.array(v.string()),
  missing: v.array(v.object({ right: PbxRight, isMandatory: v.boolean() })),
  registration: v.picklist(["none", "pending", "registered", "failed"]),
  registrationError: v.string(),
  subscriptions: v.number(),
  calls: v.number(),
  chats: v.number(),
  /** Of the last answered request. */
  roundTripMs: v.exactOptional(v.number()),
  received: v.number(),
  sent: v.number(),
  problems: v.number(),
  errors: v.array(v.object({ time: v.number(), text: v.string() })),
  /** Id of the instance that has the link; absent if the service has only
   * one. */
  instance: v.exactOptional(v.string()),
});
export type PbxLinkView = v.InferOutput<typeof PbxLinkView>;

/** The links of one instance. */
export const PbxStatus = v.object({
  links: v.array(PbxLinkView),
  /** Connections that have not logged in yet. */
  waiting: v.number(),
  /** Newest first. */
  refusals: v.array(PbxRefusal),
});
export type PbxStatus = v.InferOutput<typeof PbxStatus>;

export const PbxView = v.object({
  /** Source of the App password; `unreadable` if it was encrypted with another
   * key. */
  password: v.picklist(["environment", "stored", "unreadable", "none"]),
  /** The URL to enter in the App object. */
  appUrl: v.string(),
  ...PbxStatus.entries,
  /** Number of instances that did not answer, whose links are missing. */
  silent: v.number(),
  /** Origins at which myApps is opened, which may show the App in a frame. */
  framers: v.array(v.string()),
});
export type PbxView = v.InferOutput<typeof PbxView>;

/** The App object of a PBX takes no longer one. */
export const PBX_PASSWORD_LENGTH_MAX = 15;

export const SavePbxPassword = v.strictObject({
  password: v.pipe(
    v.string("must be a text"),
    v.minLength(1, "must not be empty"),
    v.maxLength(
      PBX_PASSWORD_LENGTH_MAX,
      `must have at most ${PBX_PASSWORD_LENGTH_MAX} characters`,
    ),
  ),
});
export type SavePbxPassword = v.InferOutput<typeof SavePbxPassword>;

/** One message between a PBX and the service, without secrets. */
export const TraceEntryView = v.object({
  /** Increasing within one instance. */
  id: v.number(),
  /** Id of the instance; absent if the service has only one. */
  instance: v.exactOptional(v.string()),
  time: v.number(),
  link: v.string(),
  direction: v.picklist(["in", "out", "note"]),
  mt: v.string(),
  api: v.string(),
  text: v.string(),
});
export type TraceEntryView = v.InferOutput<typeof TraceEntryView>;

export const TracePage = v.object({
  entries: v.array(TraceEntryView),
  /** Continues after these entries in the next request, at any instance. */
  after: v.string(),
});
export type TracePage = v.InferOutput<typeof TracePage>;
