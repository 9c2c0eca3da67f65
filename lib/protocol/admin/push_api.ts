import * as v from "valibot";
import { PushDeviceView, PushTested, PushView } from "./push.ts";

/** A test passes the push service, which may be slow. */
const WITHIN_MS = 30_000;
const PATH = "/api/account/push";

/** The reason why the service has refused a request; `failed` also without an
 * answer. */
export type PushRefusal = "too-many" | "not-found" | "throttled" | "failed";

export type PushApiAnswer<T> =
  | { ok: true; value: T }
  | { ok: false; error: PushRefusal };

/** The service's API for the agent's devices; see push.ts. */
export interface PushApi {
  view(): Promise<PushApiAnswer<PushView>>;
  /** `renews`: the browser does it without the agent. */
  add(
    subscription: PushSubscriptionJSON,
    options?: { renews: boolean },
  ): Promise<PushApiAnswer<PushDeviceView>>;
  remove(device: string): Promise<PushApiAnswer<unknown>>;
  test(device: string): Promise<PushApiAnswer<PushTested>>;
}

const Refused = v.object({
  reason: v.picklist(["too-many", "not-found", "throttled"]),
});

export const pushApi: PushApi = {
  view: () => ask(PushView, "GET", PATH),
  add: ({ endpoint, keys }, { renews } = { renews: false }) =>
    ask(PushDeviceView, "POST", PATH, { endpoint, keys, renews }),
  remove: (device) => ask(v.unknown(), "DELETE", `${PATH}/${device}`),
  test: (device) => ask(PushTested, "POST", `${PATH}/${device}/test`),
};

async function ask<S extends v.GenericSchema<unknown>>(
  schema: S,
  method: string,
  path: string,
  body?: unknown,
): Promise<PushApiAnswer<v.InferOutput<S>>> {
  try {
    const response = await fetch(path, {
      method,
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(WITHIN_MS),
      ...body !== undefined && {
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      },
    });
    const json: unknown = response.status === 204
      ? undefined
      : await response.json();
    if (!response.ok) return { ok: false, error: refusalIn(json) };
    const read = v.safeParse(schema, json);
    if (read.success) return { ok: true, value: read.output };
  } catch {
    // No network, or signed out.
  }
  return { ok: false, error: "failed" };
}

function refusalIn(json: unknown): PushRefusal {
  const read = v.safeParse(Refused, json);
  return read.success ? read.output.reason : "failed";
}
