import * as v from "valibot";
import { InstanceId } from "./pipe_frames.ts";

/** Version of all messages between instances. A later version only adds members
 * that the version before ignores; a breaking change takes two releases. */
export const WIRE = 1;

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Facts = v.record(v.string(), v.string());

/** Sign of life of an instance. `n` counts the changes of its report. */
export const Beacon = v.object({
  id: InstanceId,
  version: v.pipe(v.string(), v.maxLength(100)),
  wire: v.pipe(Count, v.minValue(1)),
  /** Counts the beacons. */
  beat: Count,
  n: Count,
  draining: v.boolean(),
  store: v.picklist(["ok", "away"]),
  /** The step from `n - 1` to `n`, in the beacon that follows the change. */
  set: v.optional(Facts),
  unset: v.optional(v.array(v.string())),
});
export type Beacon = v.InferOutput<typeof Beacon>;

export const Bye = v.object({ id: InstanceId });

/** An instance that its sender has found dead. It counts as a reason to ask, not as
 * a proof: the sender may be the one that is cut off. */
export const Lost = v.object({ id: InstanceId });

/** A question for a whole report, and the parts of its answer. */
export const Ask = v.variant("type", [
  v.object({ type: v.literal("snapshot?"), from: InstanceId }),
  v.object({
    type: v.literal("snapshot"),
    from: InstanceId,
    n: Count,
    /** From 0. */
    part: Count,
    isLast: v.boolean(),
    set: Facts,
  }),
]);
export type Ask = v.InferOutput<typeof Ask>;
