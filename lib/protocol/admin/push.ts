import * as v from "valibot";

// The devices of an agent that are notified while the desk is closed:
//
//   GET    /api/account/push            -> PushView
//   POST   /api/account/push            the browser's subscription
//                                       -> PushDeviceView (201)
//   DELETE /api/account/push/<id>       -> 204
//   POST   /api/account/push/<id>/test  -> PushTested
//
// All of them are 404 if the operator has turned notifications off.

export const PushDeviceView = v.object({
  id: v.string(),
  /** Browser and system; may be empty. */
  name: v.string(),
  createdAt: v.number(),
  /** Time of the last notification. */
  pushedAt: v.exactOptional(v.number()),
});
export type PushDeviceView = v.InferOutput<typeof PushDeviceView>;

export const PushView = v.object({
  /** The key with which browsers subscribe. */
  key: v.string(),
  devices: v.array(PushDeviceView),
});
export type PushView = v.InferOutput<typeof PushView>;

/** Result of a test notification. `gone`: the device has been removed, because
 * its push service doesn't know it. */
export const PushTested = v.object({
  outcome: v.picklist(["sent", "gone", "failed"]),
});
export type PushTested = v.InferOutput<typeof PushTested>;
