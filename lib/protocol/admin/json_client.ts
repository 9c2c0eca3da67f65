import * as v from "valibot";
import { parseJson } from "@/lib/base/parse_json.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { ApiError } from "./messages.ts";

/** The error of a failed call. Each has a `reason` and a `text`. */
export type CallError =
  | ApiError
  /** The service was not reached, or the connection broke; try again. */
  | { reason: "offline"; text: string }
  /** The caller's abort signal ended it. */
  | { reason: "aborted"; text: string };

export type Answer<T> = Promise<Result<T, CallError>>;

type Fetch = (path: string, init: RequestInit) => Promise<Response>;
type Method = "GET" | "POST" | "PUT" | "DELETE";

/** The calls of the admin's protocol, without their names. */
export class JsonClient {
  readonly #fetch: Fetch;

  constructor(send: Fetch = (path, init) => fetch(path, init)) {
    this.#fetch = send;
  }

  /** Sends JSON and decodes the answer. */
  protected send<S extends v.GenericSchema<unknown>>(
    method: Method,
    path: string,
    json: unknown,
    schema: S,
  ): Answer<v.InferOutput<S>> {
    const headers = { "content-type": "application/json" };
    return this.call(method, path, schema, {
      headers,
      body: JSON.stringify(json),
    });
  }

  /** Sends a request and decodes the answer. Never throws. */
  protected async call<S extends v.GenericSchema<unknown>>(
    method: Method,
    path: string,
    schema: S,
    init: RequestInit = {},
  ): Answer<v.InferOutput<S>> {
    let status: number;
    let text: string;
    try {
      const response = await this.#fetch(path, { ...init, method });
      status = response.status;
      text = await response.text();
    } catch {
      return err(unreached(init.signal?.aborted === true));
    }
    const json = parseJson(text);
    if (status >= 400) return err(refusal(json, status));
    const result = v.safeParse(schema, json);
    return result.success ? ok(result.output) : err(nonsense(status));
  }
}

function unreached(aborted: boolean): CallError {
  return aborted
    ? { reason: "aborted", text: "The call was ended" }
    : { reason: "offline", text: "The service cannot be reached" };
}

/** Parses the service's error, or derives one from a proxy's status. */
function refusal(json: unknown, status: number): CallError {
  const error = v.safeParse(ApiError, json);
  if (error.success) return error.output;
  // A gateway has lost its service, so trying again may help.
  return [502, 503, 504].includes(status) ? unreached(false) : nonsense(status);
}

function nonsense(status: number): CallError {
  const text = `The service answered ${status} with what is not understood`;
  return { reason: "internal", text };
}
