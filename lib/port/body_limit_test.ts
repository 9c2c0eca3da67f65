import { equal, ok } from "node:assert/strict";
import { HttpError } from "fresh";
import { withBodyLimit } from "./body_limit.ts";

/** A form whose pieces come without a length; `fails`: the client breaks off. */
function formOf(pieces: string[], fails = false): Request {
  const left = pieces.map((piece) => new TextEncoder().encode(piece));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece) return controller.enqueue(piece);
      if (fails) controller.error(new Error("aborted"));
      else controller.close();
    },
  });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return new Request("http://localhost/login", {
    method: "POST",
    headers,
    body,
  });
}

/** Returns the error of a route that reads its form, and the answer. */
async function readForm(request: Request) {
  let thrown: unknown;
  const answer = withBodyLimit(request, 20, async (request) => {
    try {
      return new Response(String((await request.formData()).get("name")));
    } catch (error) {
      thrown = error;
      throw error;
    }
  });
  const response = await answer.catch(() => undefined);
  return { response, thrown };
}

Deno.test("a form within the limit arrives complete, in pieces", async () => {
  const { response } = await readForm(formOf(["name=a", "da"]));

  equal(await response?.text(), "ada");
});

Deno.test("a form over the limit gets 413 and isn't logged as an error", async () => {
  const { response, thrown } = await readForm(
    formOf(["name=", "a".repeat(16)]),
  );

  equal(response?.status, 413);
  ok(thrown instanceof HttpError);
  equal(thrown.status, 413);
});

Deno.test("a form that the client aborts isn't logged as an error", async () => {
  const { response, thrown } = await readForm(formOf(["name="], true));

  equal(response, undefined);
  ok(thrown instanceof HttpError);
  equal(thrown.status, 400);
});
