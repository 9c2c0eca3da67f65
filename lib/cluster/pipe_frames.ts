import * as v from "valibot";

/** Bytes of JSON in one message. NATS refuses a frame of more than 1 MiB. */
export const MESSAGE_BYTES_MAX = 512 * 1_024;
/** Bytes of all messages in one frame, without its header. */
export const FRAME_BYTES_MAX = 768 * 1_024;
/** Messages that are sent again in one frame. */
export const FRAME_MESSAGES_MAX = 256;
/** Pipes that are named in one frame: at most 800 KB. */
export const FRAME_PIPES_MAX = 8_000;

/** An instance's id, which is a part of subjects. */
export const InstanceId = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

/** `<id of the instance that opened it>.<number>`. */
const PipeId = v.pipe(v.string(), v.regex(/^[\w-]{1,64}\.[1-9]\d{0,14}$/));

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/**
 * The frames between instances about pipes. Later versions may add members and
 * types: unknown members are ignored, unknown types are dropped.
 */
export const PipeFrame = v.variant("type", [
  v.object({
    type: v.literal("data"),
    pipe: PipeId,
    from: InstanceId,
    /** Number of the first message of this frame, from 1. */
    n: v.pipe(Count, v.minValue(1)),
    /** The sender has received all messages up to this number. */
    heard: Count,
    messages: v.array(v.unknown()),
    /** Number of the last message, once the sender has closed the pipe. */
    last: v.optional(Count),
  }),
  /** Acks for several pipes: by pipe, the number up to which the sender has
   * received all messages. */
  v.object({
    type: v.literal("heard"),
    from: InstanceId,
    pipes: v.record(PipeId, Count),
  }),
  /** The sender does not have this pipe, or not any more. */
  v.object({ type: v.literal("over"), pipe: PipeId, from: InstanceId }),
  /** The pipes that the sender has with the receiver. If it asks, it wants to know
   * those of the receiver. */
  v.object({
    type: v.literal("open"),
    from: InstanceId,
    pipes: v.array(PipeId),
    asks: v.optional(v.boolean()),
  }),
]);
export type PipeFrame = v.InferOutput<typeof PipeFrame>;

export type DataFrame = Extract<PipeFrame, { type: "data" }>;

/** Returns the id of the instance that opened a pipe, and the pipe's number
 * there. */
export function partsOf(pipe: string): { opener: string; number: number } {
  const [opener = "", number] = pipe.split(".");
  return { opener, number: Number(number) };
}
