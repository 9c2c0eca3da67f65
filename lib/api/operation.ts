import * as v from "valibot";
import type { AgentPresences } from "@/lib/admin/agent_presences.ts";
import type { Contacts } from "@/lib/admin/contacts.ts";
import type { Inquiries } from "@/lib/admin/inquiries.ts";
import type { People } from "@/lib/admin/people.ts";
import type { Widgets } from "@/lib/admin/widgets.ts";
import { err, type Result } from "@/lib/base/result.ts";
import type { ApiScope } from "@/lib/model/api_token.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Author } from "@/lib/model/audit.ts";
import type {
  SharesView,
  StatisticsQuery,
  StatisticsView,
} from "@/lib/protocol/admin/statistics.ts";
import type { EventFeed } from "./event_feed.ts";
import { invalidInput, type Problem } from "./problem.ts";

/** The services that carry out the operations; the admin pages use the same. */
export interface ApiServices {
  widgets: Widgets;
  presences: AgentPresences;
  people: Pick<People, "list" | "get">;
  contacts: Pick<Contacts, "list">;
  inquiries: Pick<Inquiries, "list" | "get">;
  statistics: ApiReports;
  events: EventFeed;
  clock: Clock;
}

/** The statistics, from another room. */
export interface ApiReports {
  report(
    query: StatisticsQuery,
  ): Promise<Result<StatisticsView, InvalidField>>;
  shares(
    query: StatisticsQuery,
    kind: "widget" | "agent",
  ): Promise<Result<SharesView, InvalidField>>;
}

interface InvalidField {
  field: string;
  text: string;
}

/** A request whose token is accepted. */
export interface ApiRequest {
  /** Parameters of the path. */
  params: Readonly<Record<string, string>>;
  /** Parameters of the query, not checked yet. */
  query: unknown;
  /** JSON, not checked yet; undefined without a body. */
  body: unknown;
  /** The revision in If-Match; empty if the operation needs none. */
  revision: string;
  /** The id of what is created, which is the same if the request is
   * repeated. */
  newId: string;
  by: Author;
  /** Id of the token. */
  token: string;
  /** Returns whether the token is still accepted. */
  isAccepted(): Promise<boolean>;
  /** The header Last-Event-ID; empty without it. */
  lastEventId: string;
  services: ApiServices;
}

export interface ApiAnswer {
  status: 200 | 201 | 204;
  headers?: Record<string, string>;
  body?: unknown;
  /** Replaces the body. */
  stream?: ReadableStream<Uint8Array<ArrayBuffer>>;
}
export type ApiResult = Result<ApiAnswer, Problem>;

export type AnySchema = v.GenericSchema<unknown>;
export type AnyObject = AnySchema & {
  entries: Readonly<Record<string, AnySchema>>;
};

/** The parts of an operation that are in the OpenAPI description. */
export interface Described {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below /api/v1: `/widgets/{uuid}`. */
  path: string;
  scope: ApiScope;
  id: string;
  summary: string;
  /** Number of requests as which it counts (API5); absent for one. Those that read
   * much of the store count more. */
  cost?: number;
  /** Names and descriptions of the parameters of the path. */
  params?: Readonly<Record<string, { schema: AnySchema; text: string }>>;
  /** The parameters of the query, or {@linkcode NO_QUERY}. */
  query: AnyObject;
  /** The JSON of the request, or {@linkcode NO_BODY}. */
  body: AnySchema;
  /** True if the header If-Match must have the current revision. */
  needsRevision?: true;
  /** True for a stream that a program can continue with Last-Event-ID. */
  continues?: true;
  /** The answer on success; without a schema it has no body. `type` is that of the
   * body, if it is not JSON. */
  success: {
    status: 200 | 201 | 204;
    schema?: AnySchema;
    text: string;
    type?: string;
  };
}

/** One method of one address. */
export interface Operation extends Described {
  run(request: ApiRequest): Promise<ApiResult>;
}

/** Of an operation without parameters of the query. */
export const NO_QUERY = v.strictObject({});
/** Of an operation without a body. */
export const NO_BODY = v.undefined("must be empty");

/** Creates an operation whose input is checked before it runs. */
export function operation<Q extends AnyObject, B extends AnySchema>(
  { run, ...described }: Described & {
    query: Q;
    body: B;
    run(
      input: { query: v.InferOutput<Q>; body: v.InferOutput<B> },
      request: ApiRequest,
    ): Promise<ApiResult>;
  },
): Operation {
  return {
    ...described,
    async run(request) {
      const query = v.safeParse(described.query, request.query);
      if (!query.success) return err(invalidInput(query.issues));
      const body = v.safeParse(described.body, request.body);
      if (!body.success) return err(invalidInput(body.issues));
      return await run({ query: query.output, body: body.output }, request);
    },
  };
}
