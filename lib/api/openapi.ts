import { type ConversionConfig, toJsonSchema } from "@valibot/to-json-schema";
import { API_SCOPES } from "@/lib/model/api_token.ts";
import {
  type AnySchema,
  type Described,
  NO_BODY,
  type Operation,
} from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { Problem } from "./problem.ts";

type Json = Record<string, unknown>;

const PROBLEM = "#/components/responses/Problem";
const TYPE = "application/json";

/** Returns the OpenAPI 3.1 description of the API, generated from the schemas by
 * which it checks requests. `origin` is the address of the service. */
export function openApi(
  origin: string,
  operations: readonly Operation[] = OPERATIONS,
): Json {
  const paths: Record<string, Json> = {};
  for (const one of operations) {
    const path = paths[one.path] ??= {};
    path[one.method.toLowerCase()] = operationOf(one);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Contact Widgets API",
      version: "1.0.0",
      license: { name: "MIT", identifier: "MIT" },
      description:
        "For programs that have a token. Guide: docs/api.md in the source.",
    },
    servers: [{ url: `${origin}/api/v1` }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: `A token that an administrator has created. Scopes: ${
            API_SCOPES.join(", ")
          }.`,
        },
      },
      responses: {
        Problem: {
          description: "The request was not carried out (RFC 9457).",
          content: {
            "application/problem+json": {
              schema: schemaOf(Problem, "output"),
            },
          },
        },
      },
    },
  };
}

function operationOf(one: Described): Json {
  const { id, summary, scope, body, success, cost } = one;
  return {
    operationId: id,
    summary,
    description: `Needs the scope \`${scope}\`.${
      cost === undefined ? "" : ` Counts as ${cost} requests.`
    }`,
    "x-scope": scope,
    parameters: parametersOf(one),
    ...body !== NO_BODY && {
      requestBody: {
        required: true,
        content: { [TYPE]: { schema: schemaOf(body, "input") } },
      },
    },
    responses: {
      [success.status]: {
        description: success.text,
        ...success.schema && {
          content: {
            [success.type ?? TYPE]: {
              schema: schemaOf(success.schema, "output"),
            },
          },
        },
      },
      "4XX": { $ref: PROBLEM },
      "5XX": { $ref: PROBLEM },
    },
  };
}

function parametersOf(
  { method, params = {}, query, needsRevision, continues }: Described,
): Json[] {
  const text = { type: "string", minLength: 1, maxLength: 255 };
  return [
    ...Object.entries(params).map(([name, { schema, text }]) => ({
      ...{ name, in: "path", required: true, description: text },
      schema: schemaOf(schema, "input"),
    })),
    ...Object.entries(query.entries).map(([name, schema]) => {
      const { description, ...rest } = schemaOf(schema, "input");
      return { name, in: "query", description, schema: rest };
    }),
    ...needsRevision
      ? [{
        ...{ name: "If-Match", in: "header", required: true, schema: text },
        description:
          'The revision that is replaced, in quotation marks, as in ETag: "…".',
      }]
      : [],
    ...continues
      ? [{
        ...{ name: "Last-Event-ID", in: "header", schema: text },
        description: "The id of the last event, to get those after it.",
      }]
      : [],
    ...method === "GET" ? [] : [{
      ...{ name: "Idempotency-Key", in: "header", schema: text },
      description:
        "A random text for each request. If it is sent again within a day, it gets the same answer and changes nothing.",
    }],
  ];
}

/** Checks that JSON Schema cannot express are left out: the service names them in
 * a problem. */
function schemaOf(
  schema: AnySchema,
  typeMode: NonNullable<ConversionConfig["typeMode"]>,
): Json {
  const { $schema: _, ...rest } = toJsonSchema(schema, {
    ...{ target: "draft-2020-12", errorMode: "ignore", typeMode },
  });
  return rest;
}
