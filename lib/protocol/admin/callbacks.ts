import * as v from "valibot";
import { type Answer, JsonClient } from "./json_client.ts";
import { Revision } from "./messages.ts";

// Callbacks that are due, for agents at the desk. Each agent sees those that
// ring for them and those that they have taken.
//
//   GET /api/account/callbacks           -> DueCallbacks
//   PUT /api/account/callbacks/<number>  ActOnCallback -> DueCallbacks | 409

export const CALLBACK_ACTS = ["take", "done", "missed"] as const;
export type CallbackAct = typeof CALLBACK_ACTS[number];

export const ActOnCallback = v.strictObject({
  revision: Revision,
  /** `missed`: the agent has not reached the visitor. */
  act: v.picklist(CALLBACK_ACTS, "must be take, done or missed"),
});
export type ActOnCallback = v.InferOutput<typeof ActOnCallback>;

/** A callback that rings, or that the agent has taken. */
export const DueCallback = v.object({
  number: v.string(),
  revision: v.string(),
  /** Id of the ring, which is also that of its notifications. */
  id: v.string(),
  state: v.picklist(["ringing", "taken"]),
  /** The visitor's name, telephone number and text. */
  name: v.string(),
  reply: v.string(),
  text: v.string(),
  /** Name of the widget; "" if it was deleted. */
  widget: v.string(),
  /** The ring, from 1 to `rings`. */
  ring: v.number(),
  rings: v.number(),
});
export type DueCallback = v.InferOutput<typeof DueCallback>;

export const DueCallbacks = v.object({ callbacks: v.array(DueCallback) });
export type DueCallbacks = v.InferOutput<typeof DueCallbacks>;

/** The client for callbacks at the desk. */
export class CallbackClient extends JsonClient {
  dueCallbacks(): Answer<DueCallbacks> {
    return this.call("GET", "/api/account/callbacks", DueCallbacks);
  }

  actOnCallback(number: string, act: ActOnCallback): Answer<DueCallbacks> {
    const path = `/api/account/callbacks/${number}`;
    return this.send("PUT", path, act, DueCallbacks);
  }
}
