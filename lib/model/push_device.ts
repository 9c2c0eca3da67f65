import * as v from "valibot";

/** Devices of one account that can be notified. */
export const PUSH_DEVICES_MAX = 10;

/** A browser that an agent has allowed to be notified while the desk is closed:
 * a subscription of the Push API. */
export const PushDevice = v.strictObject({
  /** A hash of the endpoint. */
  id: v.string(),
  /** The name that its owner sees, such as `Firefox, Windows`. */
  name: v.string(),
  /** Hash of the session that has turned it on. The device ends with it. */
  session: v.string(),
  /** Address at the push service of the browser. */
  endpoint: v.string(),
  /** Public key and secret of the browser, in base64url. */
  p256dh: v.string(),
  auth: v.string(),
  /** Public key of the service with which the browser has subscribed. */
  key: v.string(),
  /** Language of the notifications. */
  lang: v.string(),
  /** Host of the desk at which it was turned on. */
  host: v.string(),
  createdAt: v.number(),
  /** Time of the last push that the push service has accepted. */
  pushedAt: v.exactOptional(v.number()),
});
export type PushDevice = v.InferOutput<typeof PushDevice>;
