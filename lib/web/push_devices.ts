import * as v from "valibot";
import type { Account } from "@/lib/model/account.ts";
import type { PushDevice } from "@/lib/model/push_device.ts";
import type {
  PushDeviceView,
  PushTested,
  PushView,
} from "@/lib/protocol/admin/push.ts";
import type { AgentPush } from "@/lib/push/agent_push.ts";
import { BrowserSubscription, PushEndpoint } from "@/lib/push/endpoint.ts";
import { sessionHash } from "@/lib/store/session_store.ts";
import { readJson } from "./api_body.ts";
import { refuse } from "./api_errors.ts";
import { asAgent } from "./as_agent.ts";
import { sessionToken } from "./session_cookie.ts";
import type { State } from "./state.ts";

/** Far more than a subscription needs. */
const BYTES_MAX = 4 * 1024;

const SavePushDevice = v.object({
  ...BrowserSubscription.entries,
  /** Endpoint that the browser has replaced by this one. */
  replaces: v.exactOptional(PushEndpoint),
  /** The desk was opened again in a browser whose device may have ended with an
   * earlier session. */
  renews: v.exactOptional(v.boolean()),
});

/** Returns the key and the devices of the requesting agent. */
export function pushView(state: State): Promise<Response> {
  return withPush(state, async ({ push, account: { id } }) => {
    const view: PushView = {
      key: await push.publicKey(),
      devices: (await push.devices(id)).map(viewOf),
    };
    return Response.json(view);
  });
}

/** Adds the device of the request. */
export function addPushDevice(
  request: Request,
  state: State,
): Promise<Response> {
  return withPush(state, async ({ push, account: { id } }) => {
    const token = sessionToken(request, state.secure);
    // A page in a frame of another website can't subscribe.
    if (token === undefined || state.isFramed) {
      return refuse({ reason: "forbidden" });
    }
    const body = await readJson(request, SavePushDevice, BYTES_MAX);
    if (!body.ok) return refuse(body.error);
    const { replaces, renews = false, ...subscription } = body.value;
    const added = await push.add(id, {
      ...{ subscription, replaces, renews, lang: state.lang },
      session: sessionHash(token),
      userAgent: request.headers.get("user-agent") ?? "",
      host: new URL(state.publicUrl).host,
    });
    return added.ok
      ? Response.json(viewOf(added.value), { status: 201 })
      : refuse(added.error);
  });
}

/** Removes a device of the requesting agent. */
export function removePushDevice(
  device: string,
  state: State,
): Promise<Response> {
  return withPush(
    state,
    async ({ push, account: { id } }) =>
      await push.remove(id, device)
        ? new Response(null, { status: 204 })
        : refuse({ reason: "not-found" }),
  );
}

/** Sends a test notification to a device of the requesting agent. */
export function testPushDevice(
  device: string,
  state: State,
): Promise<Response> {
  return withPush(state, async ({ push, account: { id } }) => {
    const tested = await push.test(id, device);
    if (!tested.ok) return refuse(tested.error);
    const result: PushTested = { outcome: tested.value };
    return Response.json(result);
  });
}

/** Answers a request of an agent, if the service sends pushes. */
function withPush(
  state: State,
  answer: (
    agent: { push: AgentPush; account: Account },
  ) => Promise<Response>,
): Promise<Response> {
  return asAgent(state, async (account) => {
    const { push } = state.services;
    if (push === undefined) return refuse({ reason: "not-found" });
    return await answer({ push, account });
  });
}

function viewOf(
  { id, name, createdAt, pushedAt }: PushDevice,
): PushDeviceView {
  return {
    ...{ id, name, createdAt },
    ...pushedAt !== undefined && { pushedAt },
  };
}
